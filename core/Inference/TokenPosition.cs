namespace Gptx.Inference;

/// <summary>A place in a text as a person names it: from 0, or from the end.</summary>
public static class TokenPosition
{
    /// <summary>The position counted from the start; -1 is the last.</summary>
    /// <exception cref="GptxException"><c>PositionOutOfRange</c>.</exception>
    public static int Of(TokenSequence text, int position)
    {
        var resolved = position < 0 ? text.Count + position : position;
        return resolved >= 0 && resolved < text.Count ? resolved : throw new GptxException(
            GptxErrorKind.InvalidArgument, "PositionOutOfRange", $"position {position} does not exist: the text has positions 0 to {text.Count - 1}, or -1 (the last) to {-text.Count}");
    }
}
