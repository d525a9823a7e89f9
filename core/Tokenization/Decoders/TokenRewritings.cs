using System.Text;

namespace Gptx.Tokenization;

/// <summary>The steps that look at one token at a time.</summary>
internal static class TokenRewritings
{
    // What English looks like when its signs stand apart.
    private static readonly (string Apart, string Together)[] Cleaning =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
        (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    /// <summary><c>WordPiece</c>: a space before each token but the first, unless it begins with the prefix, which vanishes.</summary>
    public static ITokenRewriting WordPiece(string prefix, bool cleanup) => new EachToken((token, isFirst) =>
    {
        string text = isFirst ? token : token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
        return cleanup ? Clean(text) : text;
    });

    /// <summary><c>Metaspace</c>: the mark becomes a space; in the first token it vanishes where the pre-tokenizer had put it in.</summary>
    public static ITokenRewriting Metaspace(Rune mark, PrependScheme scheme) => new EachToken((token, isFirst) =>
        token.Replace(mark.ToString(), isFirst && scheme != PrependScheme.Never ? "" : " ", StringComparison.Ordinal));

    /// <summary><c>Replace</c>: a text in the place of each match.</summary>
    public static ITokenRewriting Replace(ITextPattern pattern, string content) => new EachToken((token, _) =>
    {
        var text = new StringBuilder();
        int done = 0;
        foreach (TextRange match in pattern.Matches(token))
        {
            text.Append(token, done, match.Start - done).Append(content);
            done = match.End;
        }

        return text.Append(token, done, token.Length - done).ToString();
    });

    /// <summary><c>Strip</c>: up to so many of a character are taken off each end.</summary>
    public static ITokenRewriting Strip(Rune content, long start, long stop) => new EachToken((token, _) =>
    {
        string mark = content.ToString();
        for (long i = 0; i < start && token.StartsWith(mark, StringComparison.Ordinal); i++)
        {
            token = token[mark.Length..];
        }

        for (long i = 0; i < stop && token.EndsWith(mark, StringComparison.Ordinal); i++)
        {
            token = token[..^mark.Length];
        }

        return token;
    });

    /// <summary>Joins signs to the words that they belong to.</summary>
    public static string Clean(string text) =>
        Cleaning.Aggregate(text, (current, rule) => current.Replace(rule.Apart, rule.Together, StringComparison.Ordinal));
}
