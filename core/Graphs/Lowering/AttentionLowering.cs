namespace Gptx.Graphs.Lowering;

/// <summary>
/// The forms of attention: fused where nobody looks inside, written out where scores or pattern are asked for, and two with a
/// key/value cache.
/// </summary>
internal static class AttentionLowering
{
    /// <summary>Name of the input that says how many tokens each row has, less one, [batch] int32.</summary>
    public const string LastPositions = "seqlens_k";

    /// <summary>Name of the input that says how many tokens the longest row has, [1] int32.</summary>
    public const string TotalLength = "total_sequence_length";

    /// <summary>Name of the input of a growing cache that is added to the scores, [batch, 1, new, total].</summary>
    public const string ScoreMask = "score_mask";

    /// <summary>Name of the mask input for layers with a window of so many keys; without one <see cref="ScoreMask"/> itself.</summary>
    public static string MaskOf(int? window) => window is { } most ? $"{ScoreMask}.{most}" : ScoreMask;

    /// <summary>Name of the input of a growing cache that says which row of the past each row goes on from, [batch] int64.</summary>
    public const string PastRows = "past_rows";

    /// <summary>Name of the key or value buffer that a layer reads.</summary>
    public static string Past(int layer, string part) => $"past.{layer}.{part}";

    /// <summary>What exporters call the keys or values of earlier tokens.</summary>
    public static string ExportedPast(int layer, string part) => $"past_key_values.{layer}.{part}";

    /// <summary>Name of the key or value buffer that a layer writes; exporters call it so too.</summary>
    public static string Present(int layer, string part) => $"present.{layer}.{part}";

    /// <summary>Writes one attention layer.</summary>
    public static void Lower(Graph graph, AttentionOperation operation, LoweringContext context)
    {
        // ONNX's Attention bends scores after the mask, models before: with a cap it is written out.
        var looksInside = context.IsWanted(graph, operation, 1) || context.IsWanted(graph, operation, 2);
        switch (context.Options.Cache)
        {
            case CacheForm.InPlace when !looksInside:
                InPlace(operation, context);
                break;
            case CacheForm.None when !looksInside && operation.Shape.SoftCap is null:
                Fused(operation, context);
                break;
            case CacheForm.None or CacheForm.Growing or CacheForm.Exported:
                WrittenOut(operation, context);
                break;
            default:
                throw new NotSupportedException("attention patterns cannot be had from a cache that is updated in place: ask for them in a trace");
        }
    }

    /// <summary>ONNX's Attention (opset 23), which counts the causal mask itself; a window is a mask that it is given.</summary>
    private static void Fused(AttentionOperation operation, LoweringContext context)
    {
        var shape = operation.Shape;
        string[] mask = shape.Causal && shape.Window is null && operation.Bias is null ? [] : [Mask(operation, context)];
        var output = context.Onnx.Node(
            "Attention",
            [
                context.ByPosition(operation.Query),
                context.ByPosition(operation.Key),
                context.ByPosition(operation.Values),
                .. mask,
            ],
            OnnxBuilder.Attribute("q_num_heads", shape.Heads),
            OnnxBuilder.Attribute("kv_num_heads", shape.KeyValueHeads),
            OnnxBuilder.Attribute("is_causal", shape.Causal && mask.Length == 0 ? 1 : 0),
            OnnxBuilder.Attribute("scale", shape.Scale));
        context.Set(operation, context.Flat(output, shape.Heads * shape.HeadWidth), "", "");
    }

    /// <summary>ONNX Runtime's GroupQueryAttention: past and present are one buffer, [batch, key/value heads, capacity, head width].</summary>
    private static void InPlace(AttentionOperation operation, LoweringContext context)
    {
        var shape = operation.Shape;
        var layer = operation.Layer;
        var output = $"attention_{layer}";
        foreach (var part in (string[])["key", "value"])
        {
            string[] dimensions = ["batch", $"{shape.KeyValueHeads}", "capacity", $"{shape.HeadWidth}"];
            context.Onnx.Input(Past(layer, part), DataType.Float32, dimensions);
            context.Onnx.DeclareOutput(Present(layer, part), DataType.Float32, dimensions);
        }

        context.Onnx.Node(
            "GroupQueryAttention",
            OnnxBuilder.Microsoft,
            [
                context.ByPosition(operation.Query),
                context.ByPosition(operation.Key),
                context.ByPosition(operation.Values),
                Past(layer, "key"),
                Past(layer, "value"),
                LastPositions,
                TotalLength,
            ],
            [output, Present(layer, "key"), Present(layer, "value")],
            OnnxBuilder.Attribute("num_heads", shape.Heads),
            OnnxBuilder.Attribute("kv_num_heads", shape.KeyValueHeads),
            OnnxBuilder.Attribute("scale", shape.Scale),
            OnnxBuilder.Attribute("local_window_size", shape.Window ?? -1),
            OnnxBuilder.Attribute("softcap", shape.SoftCap ?? 0));
        context.Set(operation, context.Flat(output, shape.Heads * shape.HeadWidth), "", "");
    }

    /// <summary>Scores, softmax and weighted sum as operators of their own, so that each can be seen; with a growing cache if there is one.</summary>
    private static void WrittenOut(AttentionOperation operation, LoweringContext context)
    {
        var shape = operation.Shape;
        var onnx = context.Onnx;
        var growing = context.Options.Cache == CacheForm.Growing;
        var exported = context.Options.IsExported && shape.Causal;
        var query = ByHead(context, context[operation.Query], shape.Heads, shape.HeadWidth);
        var key = ByHead(context, context[operation.Key], shape.KeyValueHeads, shape.HeadWidth);
        var value = ByHead(context, context[operation.Values], shape.KeyValueHeads, shape.HeadWidth);
        if (growing || exported)
        {
            key = Join(operation, context, "key", key);
            value = Join(operation, context, "value", value);
        }

        var keyAcross = onnx.Node("Transpose", [key], OnnxBuilder.Attribute("perm", [0L, 1, 3, 2]));
        var products = Apart(onnx.Node("MatMul", [Together(query, shape.HeadWidth), keyAcross]), 0);
        var scores = onnx.Node("Mul", [products, onnx.Scalar(shape.Scale)]);
        if (shape.SoftCap is { } cap)
        {
            scores = OperationLowering.SoftCap(scores, cap, onnx);
        }

        scores = onnx.Node("Add", [scores, growing ? MaskOf(shape.Window) : exported ? context.ExportedMask(shape.Window) : Mask(operation, context)]);

        var pattern = onnx.Node("Softmax", [scores], OnnxBuilder.Attribute("axis", -1));
        var weighted = Apart(onnx.Node("MatMul", [Together(pattern, 0), value]), shape.HeadWidth);
        var byPosition = onnx.Node("Transpose", [weighted], OnnxBuilder.Attribute("perm", [0L, 2, 1, 3]));
        context.Set(operation, context.Flat(byPosition, shape.Heads * shape.HeadWidth), scores, pattern);

        // Heads that share keys and values stand below one another, [batch, key/value head, head * query, ...], so that nothing is repeated; a width of 0 stays.
        string Together(string byHead, int width) => Regroup(byHead, shape.KeyValueHeads, width);
        string Apart(string byGroup, int width) => Regroup(byGroup, shape.Heads, width);
        string Regroup(string rows, int groups, int width) =>
            shape.Heads == shape.KeyValueHeads ? rows : onnx.Node("Reshape", [rows, onnx.Integers(0, groups, -1, width)]);
    }

    /// <summary>What is added to scores: [query, key], [batch, 1, query, key], or with a bias [batch, head, query, key].</summary>
    private static string Mask(AttentionOperation operation, LoweringContext context)
    {
        var shape = operation.Shape;
        var mask = shape.Causal ? context.CausalMask(shape.Window) : context.PaddingMask(shape.Window);
        return operation.Bias is { } bias ? context.Onnx.Node("Add", [mask, context[bias]]) : mask;
    }

    /// <summary>A flat value as [batch, head, position, head width].</summary>
    private static string ByHead(LoweringContext context, string flat, int heads, int width) =>
        context.Onnx.Node("Transpose", [context.ByPosition(flat, heads, width)], OnnxBuilder.Attribute("perm", [0L, 2, 1, 3]));

    private static string Join(AttentionOperation operation, LoweringContext context, string part, string fresh)
    {
        var shape = operation.Shape;
        var onnx = context.Onnx;
        var isExported = context.Options.IsExported;
        var past = isExported ? ExportedPast(operation.Layer, part) : Past(operation.Layer, part);
        var (rows, before, total) = isExported ? ("batch_size", "past_sequence_length", "past_sequence_length + sequence_length") : ("past_batch", "past", "total");
        onnx.Input(past, DataType.Float32, rows, $"{shape.KeyValueHeads}", before, $"{shape.HeadWidth}");
        var earlier = isExported ? past : onnx.Node("Gather", [past, PastRows]);
        var present = Present(operation.Layer, part);
        onnx.Node("Concat", "", [earlier, fresh], [present], OnnxBuilder.Attribute("axis", 2));
        onnx.DeclareOutput(present, DataType.Float32, context.Options.Batch, $"{shape.KeyValueHeads}", total, $"{shape.HeadWidth}");
        return present;
    }
}
