using System.Text;
using System.Text.RegularExpressions;

namespace Gptx.Tokenization;

/// <summary>What a tokenizer is: its kind, its size, its parts in words, and how its tokens divide; with texts, how much of them a token holds.</summary>
/// <param name="Model">The name by which it was asked for.</param>
/// <param name="File">The file it was read from; null where it came from elsewhere.</param>
/// <param name="Kind">BPE, WordPiece, Unigram or WordLevel.</param>
/// <param name="Options">The options of its model, in words.</param>
/// <param name="Size">Number of tokens.</param>
/// <param name="Normalizer">What changes the text first, step by step, in words; empty where nothing does.</param>
/// <param name="PreTokenizer">What cuts the text into pieces, over whose borders no token reaches.</param>
/// <param name="PostProcessor">What puts special tokens in.</param>
/// <param name="Decoder">What makes text of tokens again.</param>
/// <param name="Truncation">How the file cuts long texts; empty where it does not. Asked for explicitly only.</param>
/// <param name="Padding">How the file fills up short ones.</param>
/// <param name="BeginWord">Tokens that begin a word: a space (or its mark) and then a letter, or whatever a word begins with here.</param>
/// <param name="Pieces">Tokens of text that begin none: the rest of words, punctuation, white space.</param>
/// <param name="Bytes">Tokens that are no whole character: single bytes, and the beginnings or ends of characters.</param>
/// <param name="Special">Special tokens, which decoding can leave out. With the three above it makes up the size.</param>
/// <param name="SpecialTokens">The special tokens, by id.</param>
/// <param name="LongestTokens">The longest tokens that are not special, in characters; the lower id first among equals.</param>
/// <param name="Characters">Unicode characters of the texts; null without a text.</param>
/// <param name="Utf8Bytes">Bytes of the texts in UTF-8; null without a text.</param>
/// <param name="Tokens">Tokens of the texts, those that the post-processor puts in not counted; null without a text.</param>
public sealed record TokenizerSummary(
    string Model,
    string? File,
    string Kind,
    IReadOnlyList<string> Options,
    int Size,
    IReadOnlyList<string> Normalizer,
    IReadOnlyList<string> PreTokenizer,
    IReadOnlyList<string> PostProcessor,
    IReadOnlyList<string> Decoder,
    IReadOnlyList<string> Truncation,
    IReadOnlyList<string> Padding,
    int BeginWord,
    int Pieces,
    int Bytes,
    int Special,
    IReadOnlyList<VocabularyToken> SpecialTokens,
    IReadOnlyList<VocabularyToken> LongestTokens,
    long? Characters,
    long? Utf8Bytes,
    long? Tokens)
{
    private const int LongestShown = 10;

    /// <summary>How many tokens there are of each length, the shortest first; special ones are not counted.</summary>
    public IReadOnlyList<TokenLength> Lengths { get; init; } = [];

    /// <summary>Letters (Unicode characters) a token, on the texts; null without a text.</summary>
    public double? CharactersPerToken => Tokens > 0 ? (double)Characters!.Value / Tokens : null;

    /// <summary>Bytes (UTF-8) a token, on the texts; null without a text.</summary>
    public double? BytesPerToken => Tokens > 0 ? (double)Utf8Bytes!.Value / Tokens : null;

    /// <summary>Describes a tokenizer.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="model">The name by which it was asked for.</param>
    /// <param name="file">The file it was read from.</param>
    /// <param name="texts">Texts to measure, each cut by itself; null for none.</param>
    /// <exception cref="GptxException">A text has a character that the vocabulary has no token for.</exception>
    public static TokenizerSummary Of(Tokenizer tokenizer, string model, string? file = null, IEnumerable<string>? texts = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        VocabularyToken[] tokens = [.. tokenizer.Ids.Select(id => VocabularyToken.Of(tokenizer.Vocabulary, id))];
        ILookup<TokenRole, VocabularyToken> roles = tokens.ToLookup(token => token.Role);
        TokenizerDescription parts = tokenizer.Description;
        (long Characters, long Utf8Bytes, long Tokens)? measured = texts is null ? null : Measure(tokenizer, texts);
        return new TokenizerSummary(
            model,
            file,
            parts.Kind,
            parts.Model,
            tokens.Length,
            parts.Normalizer,
            parts.PreTokenizer,
            parts.PostProcessor,
            parts.Decoder,
            parts.Truncation,
            parts.Padding,
            roles[TokenRole.BeginsWord].Count(),
            roles[TokenRole.Piece].Count(),
            roles[TokenRole.Bytes].Count(),
            roles[TokenRole.Special].Count(),
            [.. roles[TokenRole.Special]],
            [.. tokens.Where(token => token.Role != TokenRole.Special).OrderByDescending(token => token.Characters).ThenBy(token => token.Id).Take(LongestShown)],
            measured?.Characters,
            measured?.Utf8Bytes,
            measured?.Tokens)
        {
            Lengths = [.. tokens.Where(token => token.Role != TokenRole.Special).CountBy(token => token.Characters).OrderBy(length => length.Key).Select(length => new TokenLength(length.Key, length.Value))],
        };
    }

    private static (long Characters, long Utf8Bytes, long Tokens) Measure(Tokenizer tokenizer, IEnumerable<string> texts)
    {
        (long Characters, long Utf8Bytes, long Tokens) sum = default;
        foreach (string text in texts)
        {
            sum.Characters += text.EnumerateRunes().Count();
            sum.Utf8Bytes += Encoding.UTF8.GetByteCount(text);
            sum.Tokens += tokenizer.EncodeToIds(text, addSpecialTokens: false).Count;
        }

        return sum;
    }

    /// <summary>Kind and size.</summary>
    public override string ToString() => $"{Kind}, {Size} tokens";
}

/// <summary>How many tokens have a length.</summary>
/// <param name="Characters">The length in Unicode characters.</param>
/// <param name="Count">How many tokens.</param>
public sealed record TokenLength(int Characters, int Count);

/// <summary>What a token is for.</summary>
public enum TokenRole
{
    /// <summary>It begins a word.</summary>
    BeginsWord,

    /// <summary>It is text that begins no word.</summary>
    Piece,

    /// <summary>It is no whole character, or stands for one byte.</summary>
    Bytes,

    /// <summary>It is special: decoding can leave it out.</summary>
    Special,
}

/// <summary>One token of a vocabulary.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Token">Its text; of a special token its name.</param>
/// <param name="Value">Its name as the vocabulary writes it.</param>
/// <param name="Role">What it is for.</param>
public sealed partial record VocabularyToken(int Id, string Token, string Value, TokenRole Role)
{
    /// <summary>Its length in Unicode characters.</summary>
    public int Characters => Token.EnumerateRunes().Count();

    /// <summary>Its text.</summary>
    public override string ToString() => Token;

    internal static VocabularyToken Of(Vocabulary vocabulary, int id)
    {
        string value = vocabulary.TokenOf(id);
        if (vocabulary.IsSpecial(id))
        {
            return new VocabularyToken(id, value, value, TokenRole.Special);
        }

        string text = vocabulary.TextOf(id);
        TokenRole role = vocabulary.BeginsWord(id) ? TokenRole.BeginsWord
            : ByteName().IsMatch(value) || (text.Contains('\uFFFD') && !value.Contains('\uFFFD')) ? TokenRole.Bytes
            : TokenRole.Piece;
        return new VocabularyToken(id, text, value, role);
    }

    // <0x41>, as byte fallback names bytes.
    [GeneratedRegex("^<0x[0-9A-F]{2}>$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ByteName();
}
