namespace Gptx.Tokenization;

/// <summary>Fills texts up to one length.</summary>
/// <param name="FixedLength">The length; null: that of the longest.</param>
/// <param name="MultipleOf">A number that the length is rounded up to a multiple of; null or 0: none.</param>
/// <param name="OnLeft">Whether padding comes before the text.</param>
/// <param name="Token">The padding token.</param>
/// <param name="TypeId">Its type id.</param>
internal sealed record Padding(long? FixedLength, long? MultipleOf, bool OnLeft, NamedToken Token, int TypeId)
{
    private const long LongestPadded = 1 << 24;

    public void Apply(IReadOnlyCollection<TokenWindow> windows)
    {
        if (windows.Count == 0)
        {
            return;
        }

        long length = FixedLength ?? windows.Max(window => window.Tokens.Count);
        if (MultipleOf is > 0 and long multiple && length % multiple != 0)
        {
            length += multiple - (length % multiple);
        }

        if (length > LongestPadded)
        {
            throw new GptxException(
                GptxErrorKind.InvalidInput,
                "PaddingTooLong",
                $"The tokenizer pads texts to {length} tokens; at most {LongestPadded} are made.");
        }

        foreach (TokenWindow window in windows)
        {
            Fill(window, (int)length);
        }
    }

    private void Fill(TokenWindow window, int length)
    {
        window.Overflowing.ForEach(other => Fill(other, length));
        int missing = length - window.Tokens.Count;
        if (missing > 0)
        {
            TokenEntry pad = TokenEntry.Template(Token.Id, Token.Name, TypeId) with { IsPadding = true };
            window.Tokens.InsertRange(OnLeft ? 0 : window.Tokens.Count, Enumerable.Repeat(pad, missing));
        }
    }
}
