namespace Gptx.Help;

/// <summary>A paragraph, an item of a list, or lines of code.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Text">Its text without marks; of code the lines as they are.</param>
public sealed record HelpBlock(HelpBlockKind Kind, string Text);

/// <summary>What a block is.</summary>
public enum HelpBlockKind
{
    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>An item of a list.</summary>
    Item,

    /// <summary>Lines of code, or what a console shows.</summary>
    Code,
}

/// <summary>A heading and what stands under it.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What follows it, up to the next heading of its own rank or above.</param>
/// <param name="Sections">The headings one rank below.</param>
/// <param name="Links">Where its links lead: their text and their target.</param>
public sealed record HelpSection(string Title, IReadOnlyList<HelpBlock> Blocks, IReadOnlyList<HelpSection> Sections, IReadOnlyList<HelpLink> Links);

/// <summary>A link.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Target">Where it leads.</param>
public sealed record HelpLink(string Text, string Target);
