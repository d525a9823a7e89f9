namespace Gptx.Inference;

/// <summary>What the weights of a model amount to.</summary>
/// <param name="Parameters">Number of parameters that the forward pass reads; tied ones count once.</param>
/// <param name="Bytes">Bytes of weights as stored.</param>
/// <param name="StoredAs">The types in which weights are stored.</param>
/// <param name="Tensors">Number of tensors.</param>
/// <param name="Unused">Those that the forward pass does not read.</param>
/// <param name="Files">The files with weights.</param>
/// <param name="MemoryBytes">Bytes of weights as they are computed with, mapped ones counted.</param>
internal sealed record WeightFacts(long Parameters, long Bytes, IReadOnlyList<string> StoredAs, int Tensors, IReadOnlyList<string> Unused, IReadOnlyList<string> Files, long MemoryBytes);
