using Gptx.Graphs.Foreign;

namespace Gptx.Inference;

/// <summary>What the weights of an ONNX model amount to: its initializers that are no shapes or positions.</summary>
internal static class ForeignWeights
{
    private const int BitsOfPackedByte = 4;

    /// <summary>Counts them; two numbers to the byte where <c>MatMulNBits</c> reads 4 bits.</summary>
    public static WeightFacts Of(ForeignModel model, string path)
    {
        var packed = model.Graph.Node
            .Where(node => node.OpType == "MatMulNBits" && node.Input.Count > 1 && node.Attribute.FirstOrDefault(attribute => attribute.Name == "bits") is null or { I: BitsOfPackedByte })
            .Select(node => node.Input[1]).ToHashSet(StringComparer.Ordinal);
        var weights = model.Graph.Initializer.Where(tensor => ElementTypes.IsOfWeights(tensor.DataType))
            .Select(tensor => (tensor.Name, tensor.DataType, Count: ElementTypes.Count(tensor.Dims) ?? 0, IsPacked: packed.Contains(tensor.Name))).ToList();
        var bytes = weights.Sum(weight => ElementTypes.Bytes(weight.DataType, weight.Count) ?? 0);
        return new WeightFacts(
            weights.Sum(weight => weight.IsPacked ? 2 * weight.Count : weight.Count),
            bytes,
            [.. weights.Select(weight => weight.IsPacked ? "UInt4" : ElementTypes.Name(weight.DataType)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            model.Graph.Initializer.Count,
            [],
            [path, .. model.DataFiles],
            bytes);
    }
}
