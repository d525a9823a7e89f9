namespace Gptx.Graphs.Lowering;

/// <summary>Where ONNX Runtime finds a weight, and in which type it lies there.</summary>
/// <param name="Type">The type of the stored numbers; weights that are not float32 are widened by the graph.</param>
/// <param name="File">The name of the file that holds it, relative to the folder that the session is given.</param>
/// <param name="Offset">Where it begins in that file, in bytes.</param>
/// <param name="ByteLength">How many bytes it has.</param>
public sealed record StoredWeight(DataType Type, string File, long Offset, long ByteLength)
{
    /// <summary>
    /// Where weights lie that only memory holds: beyond the end of any file. ONNX Runtime computes with constants before it takes our memory, from the
    /// file; it then fails, rather than take for these weights bytes that are not they.
    /// </summary>
    public const long Nowhere = long.MaxValue / 2;

    /// <summary>
    /// Whether all sessions multiply by this very memory. ONNX Runtime packs constant matrices into a copy for each session; one that a run might
    /// replace is no constant, so it is declared as such.
    /// </summary>
    public bool IsShared { get; init; }
}
