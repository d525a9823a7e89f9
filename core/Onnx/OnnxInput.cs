namespace Gptx.Onnx;

/// <summary>Numbers that a graph is fed beside token ids.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Its numbers, row-major.</param>
internal sealed record OnnxInput(string Name, IReadOnlyList<int> Shape, float[] Values);
