using System.Globalization;
using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.Jobs.Tasks;

/// <summary>The most probable next tokens of each text.</summary>
/// <param name="model">The model.</param>
/// <param name="top">How many candidates of each text.</param>
/// <param name="temperature">Logits are divided by it before the softmax.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class NextTask(LanguageModel model, int top = 10, double temperature = 1, bool truncate = false) : ModelTask(model, truncate)
{
    /// <inheritdoc/>
    public override string Name => "next";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("candidates", RowType.Records,
        [
            new("rank", RowType.Integer),
            new("id", RowType.Integer),
            new("token", RowType.Text),
            new("logit", RowType.Real),
            new("probability", RowType.Real),
            new("logProbability", RowType.Real),
            new("surprisal", RowType.Real),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
    [
        new("top", top.ToString(CultureInfo.InvariantCulture)),
        new("temperature", temperature.ToString("R", CultureInfo.InvariantCulture)),
        new("truncate", $"{truncate}"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        NextToken.Of(Model, [.. rows.Select(row => row.Tokens)], top, temperature, 0, cancellation),
        next => next.Index,
        (text, candidates) =>
        [
            text.Label,
            candidates.Select(next => (object?[])[next.Rank, next.Id, next.Token, next.Logit, next.Probability, next.LogProbability, next.Surprisal]).ToList(),
            Model.Name,
        ]);
}
