using System.Globalization;
using Gptx.Tokenization;

namespace Gptx.Tool.Terminal;

/// <summary>What a tokenizer is, for a person.</summary>
internal static class TokenizerPicture
{
    private const int BarWidth = 24;
    private const int SpecialShown = 40;
    private const int LongestShown = 24;

    public static void Show(Screen screen, TokenizerSummary summary)
    {
        screen.Pairs(
        [
            new("model", VisibleText.OneLine(summary.Model)),
            new("file", VisibleText.OneLine(summary.File ?? "-")),
            new("kind", Steps([summary.Kind, .. summary.Options], "; ")),
            new("size", $"{Number(summary.Size)} tokens"),
            new("  begin a word", Share(summary.BeginWord, summary.Size)),
            new("  pieces", Share(summary.Pieces, summary.Size)),
            new("  bytes", Share(summary.Bytes, summary.Size)),
            new("  special", Share(summary.Special, summary.Size)),
            new("normalizer", Steps(summary.Normalizer)),
            new("pre-tokenizer", Steps(summary.PreTokenizer)),
            new("post-processor", Steps(summary.PostProcessor)),
            new("decoder", Steps(summary.Decoder)),
            new("truncation", Steps(summary.Truncation, "; ")),
            new("padding", Steps(summary.Padding, "; ")),
            new("special tokens", Special(summary)),
            new("longest", string.Join("  ", summary.LongestTokens.Select(token => VisibleText.Shorten(VisibleText.OfToken(token.Token), LongestShown)))),
            .. Measured(summary),
        ]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Measured(TokenizerSummary summary)
    {
        if (summary.Tokens is { } tokens)
        {
            yield return new("text", $"{Number(summary.Characters!.Value)} characters, {Number(summary.Utf8Bytes!.Value)} bytes, {Number(tokens)} tokens");
            yield return new("a token holds", $"{Two(summary.CharactersPerToken)} characters, {Two(summary.BytesPerToken)} bytes");
        }
    }

    private static string Share(int count, int size) =>
        $"{Number(count),9}  {Readable.Percent((double)count / Math.Max(size, 1)),8}  {Readable.Bar((double)count / Math.Max(size, 1), BarWidth)}";

    private static string Steps(IReadOnlyList<string> steps, string between = "\n") => steps.Count == 0 ? "none" : string.Join(between, steps.Select(VisibleText.OneLine));

    private static string Special(TokenizerSummary summary) => summary.Special == 0 ? "none"
        : string.Join("  ", summary.SpecialTokens.Take(SpecialShown).Select(token => $"{VisibleText.OfToken(token.Token)} {token.Id}"))
            + (summary.Special > SpecialShown ? $"  … ({summary.Special}; --json has them all)" : "");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Two(double? number) => number?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
