using System.Globalization;
using Gptx.Inference;
using Gptx.Prediction;

namespace Gptx.Jobs.Tasks;

/// <summary>The classes of each text.</summary>
/// <param name="model">A model that classifies texts.</param>
/// <param name="pair">A text that stands behind each of them; null for none.</param>
/// <param name="top">How many classes of each text; null for all.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class ClassifyTask(LanguageModel model, string? pair = null, int? top = null, bool truncate = false) : ModelTask(model, truncate)
{
    /// <inheritdoc/>
    public override string Name => "classify";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("pair", RowType.Text),
        new("label", RowType.Text),
        new("score", RowType.Real),
        new("candidates", RowType.Records,
        [
            new("rank", RowType.Integer),
            new("id", RowType.Integer),
            new("label", RowType.Text),
            new("logit", RowType.Real),
            new("score", RowType.Real),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
        [new("pair", pair ?? ""), new("top", top?.ToString(CultureInfo.InvariantCulture) ?? ""), new("truncate", $"{truncate}")];

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        TextClass.Of(Model, [.. rows.Select(row => row.Tokens)], pair, top, 0, cancellation),
        found => found.Index,
        (text, classes) => Values(text, [.. classes]));

    private object?[] Values(TokenSequence text, TextClass[] classes) =>
    [
        text.Label,
        pair,
        classes.FirstOrDefault()?.Label,
        classes.FirstOrDefault()?.Score,
        classes.Select(found => (object?[])[found.Rank, found.Id, found.Label, found.Logit, found.Score]).ToList(),
        Model.Name,
    ];
}
