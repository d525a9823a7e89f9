namespace Gptx.Graphs.Lowering;

/// <summary>
/// Products and lookups of matrices that stay quantized: <c>com.microsoft.MatMulNBits</c> and <c>GatherBlockQuantized</c>. All are exact within float32
/// rounding, unless activations of 8 bits are asked for.
/// </summary>
internal static class BlockLowering
{
    private const int ExactLevel = 1;
    private const int Int8Level = 4;

    /// <summary>
    /// Writes x Wᵀ + b where W stays quantized. Matrices without bias that read the same x (queries, keys and values; gate and up) are multiplied as one.
    /// </summary>
    /// <returns>Whether it does.</returns>
    public static bool TryMultiply(LinearOperation linear, LoweringContext context)
    {
        var beside = context.Beside(linear);
        if (beside.Count > 1 && beside.All(other => other.Bias is null) && Find(beside, context) is { } joined)
        {
            var widths = context.Onnx.Integers([.. beside.Select(other => Output(other))]);
            var products = context.Onnx.Node("Split", "", [Product(linear, joined, context), widths], beside.Count, OnnxBuilder.Attribute("axis", -1));
            foreach (var (other, product) in beside.Zip(products))
            {
                context.Set(other, product);
            }

            return true;
        }

        if (Find([linear], context) is not { } weight)
        {
            return false;
        }

        context.Set(linear, Product(linear, weight, context));
        return true;
    }

    /// <summary>
    /// x Wᵀ + b. Minima are left out of the quantized product and added as block sums of x times the minima, which is what they come to: float zero points
    /// would be sixty times slower. Products with 8 bits are fast with activations of 8 bits only; otherwise the integers are multiplied as two of 4 bits
    /// each, q - 128 = 16 (upper - 8) + lower.
    /// </summary>
    private static string Product(LinearOperation linear, BlockWeight weight, LoweringContext context)
    {
        var x = context[linear.X];
        var bias = linear.Bias is { } added ? context[added] : "";
        var asHalves = weight.Bits == 8 && !context.Options.Int8Activations;
        var product = asHalves
            ? MatMulNBits(context.Twice(x), weight, BlockPart.HalfQuants, BlockPart.HalfScales, BlockPart.HalfZeroPoints, bias, context)
            : MatMulNBits(x, weight, BlockPart.Quants, BlockPart.Scales, weight.HasZeroPoints ? BlockPart.ZeroPoints : null, bias, context);
        return weight.HasMinima
            ? context.Onnx.Node("Gemm", [context.BlockSums(x, weight.Blocks), context.Part(weight, BlockPart.Minima), product])
            : product;
    }

    private static BlockWeight? Find(IReadOnlyList<LinearOperation> products, LoweringContext context) =>
        context.Blocks(products[0].Layout == WeightLayout.InOut, [.. products.Select(product => product.Weight)]);

    private static long Output(LinearOperation linear)
    {
        var shape = ((WeightOperation)linear.Weight.Producer).Shape;
        return linear.Layout == WeightLayout.InOut ? shape[1] : shape[0];
    }

    /// <summary>The rows of a table that ids name, [ids] to [ids, columns] float32.</summary>
    public static string Rows(string ids, BlockWeight weight, LoweringContext context)
    {
        var onnx = context.Onnx;
        string[] zeroPoints = weight.HasZeroPoints ? [context.Part(weight, BlockPart.ZeroPoints)] : [];
        var rows = onnx.Node(
            "GatherBlockQuantized",
            OnnxBuilder.Microsoft,
            [context.Part(weight, BlockPart.Table), ids, context.Part(weight, BlockPart.Scales), .. zeroPoints],
            1,
            OnnxBuilder.Attribute("bits", weight.Bits),
            OnnxBuilder.Attribute("block_size", BlockWeight.BlockLength),
            OnnxBuilder.Attribute("gather_axis", 0),
            OnnxBuilder.Attribute("quantize_axis", 1))[0];
        if (!weight.HasMinima)
        {
            return rows;
        }

        var minima = onnx.Node("Gather", [context.Part(weight, BlockPart.Minima), ids], OnnxBuilder.Attribute("axis", 1));
        var perBlock = onnx.Node("Unsqueeze", [onnx.Node("Transpose", [minima]), onnx.Integers(-1)]);
        var blocks = onnx.Node("Reshape", [rows, onnx.Integers(-1, weight.Blocks, BlockWeight.BlockLength)]);
        return context.Flat(onnx.Node("Add", [blocks, perBlock]), weight.Columns);
    }

    private static string MatMulNBits(string x, BlockWeight weight, BlockPart quants, BlockPart scales, BlockPart? zeroPoints, string bias, LoweringContext context)
    {
        var isHalved = quants == BlockPart.HalfQuants;
        string[] inputs = [x, context.Part(weight, quants), context.Part(weight, scales), zeroPoints is { } part ? context.Part(weight, part) : "", "", bias];
        var given = Array.FindLastIndex(inputs, input => input.Length > 0) + 1;
        return context.Onnx.Node(
            "MatMulNBits",
            OnnxBuilder.Microsoft,
            inputs[..given],
            1,
            OnnxBuilder.Attribute("K", (isHalved ? 2 : 1) * (long)weight.Columns),
            OnnxBuilder.Attribute("N", weight.Rows),
            OnnxBuilder.Attribute("bits", isHalved ? 4 : weight.Bits),
            OnnxBuilder.Attribute("block_size", BlockWeight.BlockLength),
            OnnxBuilder.Attribute("accuracy_level", context.Options.Int8Activations ? Int8Level : ExactLevel))[0];
    }
}
