using System.Globalization;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>How surprising each text is, and each of its tokens.</summary>
/// <param name="model">The model.</param>
/// <param name="options">How texts are scored.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class ScoreTask(LanguageModel model, ScoreOptions options, bool truncate = false) : ModelTask(model, truncate)
{
    /// <inheritdoc/>
    public override string Name => "score";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("tokensCounted", RowType.Integer),
        new("totalSurprisal", RowType.Real),
        new("meanSurprisal", RowType.Real),
        new("perplexity", RowType.Real),
        new("model", RowType.Text),
        new("tokens", RowType.Records,
        [
            new("position", RowType.Integer),
            new("token", RowType.Text),
            new("id", RowType.Integer),
            new("start", RowType.Integer),
            new("length", RowType.Integer),
            new("logProbability", RowType.Real),
            new("surprisal", RowType.Real),
            new("rank", RowType.Integer),
        ]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
    [
        new("stride", options.Stride?.ToString(CultureInfo.InvariantCulture) ?? ""),
        new("begin", options.Begin?.ToString(CultureInfo.InvariantCulture) ?? ""),
        new("truncate", $"{truncate}"),
    ];

    /// <inheritdoc/>
    public override TokenSequence Read(SourceRow row) => RowTokens.Of(Model, row, Truncates, room: options.Begin is null ? 0 : 1);

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) =>
        [.. rows.Select(row => Values(TextScorer.Score(Model, row.Tokens, options, 0, cancellation)))];

    private static object?[] Values(TextScore score) =>
    [
        score.Text,
        score.TokensCounted,
        score.TotalSurprisal,
        score.MeanSurprisal,
        score.Perplexity,
        score.Model,
        score.Tokens.Select(token => (object?[])[token.Position, token.Token, token.Id, token.Start, token.Length, token.LogProbability, token.Surprisal, token.Rank]).ToList(),
    ];
}
