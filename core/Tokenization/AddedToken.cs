namespace Gptx.Tokenization;

/// <summary>A token that is cut out of the text before the tokenizer's model sees it, such as <c>&lt;|endoftext|&gt;</c>.</summary>
/// <param name="Content">The text it matches.</param>
public sealed record AddedToken(string Content)
{
    /// <summary>Its id: the vocabulary's where the vocabulary has the text, otherwise the next free one. The id in a file is not believed.</summary>
    public int Id { get; init; }

    /// <summary>Whether it only matches where no letter, digit or mark stands beside it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether white space to its left belongs to the match.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Whether white space to its right belongs to the match.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Whether it is looked for in the normalized text (and is normalized itself) rather than in the text as given.</summary>
    public bool Normalized { get; init; }

    /// <summary>Whether decoding can leave it out (<c>skipSpecialTokens</c>).</summary>
    public bool Special { get; init; }
}
