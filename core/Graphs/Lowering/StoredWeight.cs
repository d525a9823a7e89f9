namespace Gptx.Graphs.Lowering;

/// <summary>Where ONNX Runtime finds a weight, and in which type it lies there.</summary>
/// <param name="Type">The type of the stored numbers; weights that are not float32 are widened by the graph.</param>
/// <param name="File">The name of the file that holds it, relative to the folder that the session is given.</param>
/// <param name="Offset">Where it begins in that file, in bytes.</param>
/// <param name="ByteLength">How many bytes it has.</param>
public sealed record StoredWeight(DataType Type, string File, long Offset, long ByteLength);
