namespace Gptx.Templates;

/// <summary>
/// What a template may spend before it is stopped with the error <c>TemplateLimitReached</c>. A chat template is a program from a stranger: these bounds
/// hold for one rendering, whatever the program does. The defaults leave a usual chat template, over a conversation as long as a context, more than ten times what it spends.
/// </summary>
public sealed record TemplateLimits
{
    /// <summary>The limits that hold where a caller gives none.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>
    /// How many steps a rendering may take: a node of the syntax tree evaluated is one, and so is each element or each 64 characters that a filter,
    /// method or operator goes through. Five million: a second or two at the most.
    /// </summary>
    public long Steps { get; init; } = 5_000_000;

    /// <summary>
    /// How deeply syntax, macro calls, recursive loops and values may be nested, each. Two hundred: far from the end of a stack of one megabyte, and
    /// more than a person writes.
    /// </summary>
    public int Depth { get; init; } = 200;

    /// <summary>How many UTF-16 units the rendered text may have. Eight million: a context of a million tokens, with room.</summary>
    public int OutputLength { get; init; } = 8_000_000;

    /// <summary>
    /// How many bytes, about, all values made during a rendering may take; those no longer in use count as well. 256 MiB: what a conversation of
    /// some megabytes needs when it is trimmed, replaced in and joined a few times.
    /// </summary>
    public long Memory { get; init; } = 256L << 20;

    /// <summary>How long a rendering may take. Ten seconds: the other bounds are met first unless the machine is busy.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the source of a template may be, in UTF-16 units. A million: the longest known are fifty times shorter.</summary>
    public int SourceLength { get; init; } = 1_000_000;
}
