using System.Runtime.InteropServices;

namespace Gptx.Embeddings;

/// <summary>A row that was found.</summary>
/// <param name="Index">Its index in the table.</param>
/// <param name="Score">Cosine, dot product or distance, as the metric says.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Neighbour(int Index, double Score);
