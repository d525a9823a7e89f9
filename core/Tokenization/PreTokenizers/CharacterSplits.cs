using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>The pre-tokenizers that split at classes of characters.</summary>
internal static class CharacterSplits
{
    /// <summary><c>WhitespaceSplit</c>: what lies between white space.</summary>
    public static IPreTokenizer Whitespace { get; } = new WordPreTokenizer(isolatesPunctuation: false);

    /// <summary><c>BertPreTokenizer</c>: words and single signs.</summary>
    public static IPreTokenizer Bert { get; } = new WordPreTokenizer(isolatesPunctuation: true);

    /// <summary><c>Punctuation</c>: ASCII's signs and Unicode's punctuation, which leaves out the signs of other scripts.</summary>
    public static IPreTokenizer Punctuation(SplitBehavior behavior) => new PatternSplitter(new CharacterPattern(IsPunctuation), behavior);

    /// <summary><c>Digits</c>: numbers of all kinds, each for itself or in runs.</summary>
    public static IPreTokenizer Digits(bool individual) => new DigitsPreTokenizer(individual);

    /// <summary><c>CharDelimiterSplit</c>: what lies between a character.</summary>
    public static IPreTokenizer Delimiter(Rune delimiter) =>
        new PatternSplitter(new CharacterPattern(rune => rune == delimiter), SplitBehavior.Removed);

    /// <summary>Whether a character is punctuation as BERT counts it.</summary>
    public static bool IsPunctuation(Rune rune)
    {
        if (rune.IsAscii)
        {
            return rune.Value > ' ' && rune.Value != 0x7F && !char.IsAsciiLetterOrDigit((char)rune.Value);
        }

        return Rune.GetUnicodeCategory(rune) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;
    }
}
