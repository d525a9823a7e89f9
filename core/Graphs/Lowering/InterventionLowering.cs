namespace Gptx.Graphs.Lowering;

/// <summary>
/// Values that come from outside while the graph runs. A changed value is value * keep + add: keep 0 puts the numbers of add in its place, keep 1 adds
/// them, and which positions, heads and rows are meant is in the numbers, so that one graph serves them all.
/// </summary>
public static class InterventionLowering
{
    /// <summary>Name of the input that a value is multiplied by, [rows or 1, positions or 1, heads, 1].</summary>
    public static string Keep(string name) => $"{name}.keep";

    /// <summary>Name of the input that is then added, [rows or 1, positions or 1, heads, head width]; without heads there is one as wide as the value.</summary>
    public static string Add(string name) => $"{name}.add";

    /// <summary>Name of the input that stands in for a value, [rows, positions, width].</summary>
    public static string Fed(string name) => $"{name}.fed";

    /// <summary>Whether something can be put in there: values with a row a token, and before the rows that are unembedded are picked.</summary>
    public static bool Takes(NamedValue named) => named.Form is ActivationForm.Tokens or ActivationForm.Heads && named.Name != OnnxLowering.Logits;

    /// <summary>Writes value * keep + add, and lets all that follows read that.</summary>
    internal static void Change(NamedValue named, LoweringContext context)
    {
        var (onnx, name) = (context.Onnx, named.Name);
        var heads = Math.Max(1, named.Heads);
        var width = named.Value.Width / heads;
        onnx.Input(Keep(name), DataType.Float32, $"{name}.keep_rows", $"{name}.keep_positions", $"{heads}", "1");
        onnx.Input(Add(name), DataType.Float32, $"{name}.add_rows", $"{name}.add_positions", $"{heads}", $"{width}");
        var kept = onnx.Node("Mul", [context.ByPosition(context[named.Value], heads, width), Keep(name)]);
        context.Replace(named.Value, context.Flat(onnx.Node("Add", [kept, Add(name)]), named.Value.Width));
    }

    /// <summary>Reads a value from an input in place of computing it.</summary>
    internal static void Feed(NamedValue named, LoweringContext context)
    {
        context.Onnx.Input(Fed(named.Name), DataType.Float32, "batch", "position", $"{named.Value.Width}");
        var parts = new string[named.Value.Part + 1];
        Array.Fill(parts, "");
        parts[named.Value.Part] = context.Flat(Fed(named.Name), named.Value.Width);
        context.Set(named.Value.Producer, parts);
    }
}
