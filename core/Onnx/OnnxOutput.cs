using System.Buffers;

namespace Gptx.Onnx;

/// <summary>One output of a run: its numbers stay in ONNX Runtime's memory until the owner is disposed.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Owner">Owns the memory.</param>
internal sealed record OnnxOutput(string Name, IReadOnlyList<int> Shape, IMemoryOwner<float> Owner);
