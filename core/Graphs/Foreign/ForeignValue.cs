using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>An input or output of a foreign graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">ONNX's number of its element type; 0 where it does not say.</param>
/// <param name="Shape">Its dimensions: a size, or null for one that is free; null where it does not say.</param>
internal sealed record ForeignValue(string Name, int ElementType, IReadOnlyList<long?>? Shape)
{
    /// <summary>Reads what the graph declares.</summary>
    public static ForeignValue Of(ValueInfoProto info) => new(
        info.Name,
        info.Type?.TensorType?.ElemType ?? 0,
        info.Type?.TensorType?.Shape is { } shape
            ? [.. shape.Dim.Select(size => size.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? size.DimValue : (long?)null)]
            : null);
}
