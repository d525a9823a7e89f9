namespace Gptx.Tokenization;

/// <summary>How often a part may come: <c>? * +</c> and intervals, greedy, lazy or possessive, several in a row.</summary>
internal static class OnigurumaQuantifiers
{
    private const int MostInARow = 250;

    /// <summary>A part with the quantifiers behind it.</summary>
    /// <param name="reader">What is read, just behind the part.</param>
    /// <param name="part">The part.</param>
    /// <param name="isExtended">Whether white space and comments mean nothing.</param>
    /// <exception cref="FormatException">The part cannot be repeated.</exception>
    /// <exception cref="NotSupportedException">There are too many.</exception>
    public static PatternNode Read(OnigurumaReader reader, PatternNode part, bool isExtended)
    {
        int quantifiers = 0;
        while (true)
        {
            if (isExtended && reader.TrySkipSpace())
            {
                continue;
            }

            (int least, int most) = (reader.Peek == '+' ? 1 : 0, reader.Peek == '?' ? 1 : int.MaxValue);
            bool isSign = reader.TryTake("?") || reader.TryTake("*") || reader.TryTake("+");
            if (!isSign && !reader.TryTakeInterval(out least, out most))
            {
                return part;
            }

            if (IsPlaceOnly(part))
            {
                throw new FormatException("target of repeat operator is invalid");
            }

            // {m,n} with m above n gives nothing back; {n} knows no lazy form, and no interval a possessive one.
            bool isPossessive = (isSign && reader.TryTake("+")) || least > most;
            bool isLazy = !isPossessive && (isSign || least != most) && reader.TryTake("?");
            PatternNode repeat = new RepeatNode(part, Math.Min(least, most), Math.Max(least, most), isLazy);
            part = isPossessive ? new AtomicNode(repeat) : repeat;
            quantifiers = quantifiers < MostInARow ? quantifiers + 1 : throw new NotSupportedException($"more than {MostInARow} quantifiers in a row");
        }
    }

    // Conditions of a place cannot be repeated, nor a choice with such a one.
    private static bool IsPlaceOnly(PatternNode node) =>
        node is AnchorNode or LookNode || (node is AlternativesNode alternatives && alternatives.Parts.Any(IsPlaceOnly));
}
