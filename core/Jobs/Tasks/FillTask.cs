using System.Globalization;
using Gptx.Inference;
using Gptx.Prediction;

namespace Gptx.Jobs.Tasks;

/// <summary>What a model that fills masks puts into the blanks of each text.</summary>
/// <param name="model">The model.</param>
/// <param name="top">How many candidates of each blank.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class FillTask(LanguageModel model, int top = 5, bool truncate = false) : ModelTask(model, truncate)
{
    /// <inheritdoc/>
    public override string Name => "fill";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("candidates", RowType.Records,
        [
            new("blank", RowType.Integer),
            new("position", RowType.Integer),
            new("rank", RowType.Integer),
            new("id", RowType.Integer),
            new("token", RowType.Text),
            new("logit", RowType.Real),
            new("probability", RowType.Real),
            new("filled", RowType.Text),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } = [new("top", top.ToString(CultureInfo.InvariantCulture)), new("truncate", $"{truncate}")];

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        MaskedToken.Of(Model, [.. rows.Select(row => row.Tokens)], top, 0, cancellation),
        token => token.Index,
        (text, tokens) =>
        [
            text.Label,
            tokens.Select(token => (object?[])[token.Blank, token.Position, token.Rank, token.Id, token.Token, token.Logit, token.Probability, token.Filled]).ToList(),
            Model.Name,
        ]);
}
