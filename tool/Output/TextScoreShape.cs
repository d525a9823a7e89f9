using Gptx.Interpretation;

namespace Gptx.Tool.Output;

/// <summary>The fields of a scored text and of its tokens.</summary>
internal static class TextScoreShape
{
    private static readonly RecordShape<TokenScore> Tokens = new(
        new("position", token => token.Position),
        new("token", token => token.Token),
        new("id", token => token.Id),
        new("start", token => token.Start),
        new("length", token => token.Length),
        new("logProbability", token => token.LogProbability),
        new("surprisal", token => token.Surprisal),
        new("rank", token => token.Rank));

    public static RecordShape<TextScore> Whole { get; } = new(
        new("text", score => score.Text),
        new("index", score => score.Index),
        new("tokensCounted", score => score.TokensCounted),
        new("totalSurprisal", score => score.TotalSurprisal),
        new("meanSurprisal", score => score.MeanSurprisal),
        new("perplexity", score => score.Perplexity),
        new("model", score => score.Model),
        new("tokens", score => Tokens.List(score.Tokens)));

    /// <summary>A line of CSV is a token, with whose text it is of.</summary>
    public static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> TokenLines(TextScore score) =>
        score.Tokens.Select(token => (KeyValuePair<string, object?>[])
        [
            new("text", score.Text),
            new("index", score.Index),
            .. Tokens.Fields.Select(field => KeyValuePair.Create(field.Name, field.Value(token))),
            new("model", score.Model),
        ]);
}
