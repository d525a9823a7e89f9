namespace Gptx.Figures;

/// <summary>Running text whose pieces have coloured grounds: by a value, or by turns so that neighbours differ.</summary>
/// <param name="Pieces">The pieces, in order.</param>
public sealed record ColouredText(IReadOnlyList<TextPiece> Pieces) : Panel
{
    /// <summary>The colours of values; null colours by turns.</summary>
    public ColourScale? Scale { get; init; }

    /// <summary>The width at which lines are broken, in pixels.</summary>
    public double Width { get; init; } = 760;
}

/// <summary>A piece of a coloured text.</summary>
/// <param name="Text">The text as it stands there, spaces and line ends included.</param>
/// <param name="Value">Its value; null for a piece without one, which stays without a colour.</param>
/// <param name="Note">What hover shows beside the text; null for the value alone.</param>
public sealed record TextPiece(string Text, double? Value = null, string? Note = null)
{
    /// <summary>Whether it is coloured where colours go by turns; what stands between tokens is not.</summary>
    public bool IsToken { get; init; }
}
