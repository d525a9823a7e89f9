namespace Gptx.Checkpoints;

/// <summary>A tensor's name in the parts that GGUF makes it of: <c>blk.3.attn_q.weight</c> is block 3, part <c>attn_q</c>, suffix <c>.weight</c>.</summary>
/// <param name="Block">The block; null outside of blocks.</param>
/// <param name="Part">What it is.</param>
/// <param name="Suffix"><c>.weight</c>, <c>.bias</c>, or empty.</param>
internal readonly record struct GgufTensorName(int? Block, string Part, string Suffix)
{
    private const string Blocks = "blk.";

    /// <summary>Takes a name apart.</summary>
    public static GgufTensorName Parse(string name)
    {
        int? block = null;
        if (name.StartsWith(Blocks, StringComparison.Ordinal) && name.IndexOf('.', Blocks.Length) is var end && end > 0
            && int.TryParse(name.AsSpan(Blocks.Length, end - Blocks.Length), System.Globalization.NumberStyles.None, null, out var number))
        {
            block = number;
            name = name[(end + 1)..];
        }

        var dot = name.LastIndexOf('.');
        return dot < 0 ? new GgufTensorName(block, name, "") : new GgufTensorName(block, name[..dot], name[dot..]);
    }
}
