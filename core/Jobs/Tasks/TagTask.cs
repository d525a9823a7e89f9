using Gptx.Inference;
using Gptx.Prediction;

namespace Gptx.Jobs.Tasks;

/// <summary>The classes of each text's tokens.</summary>
/// <param name="model">A model that classifies tokens.</param>
/// <param name="join">Whether neighbours of one class are joined, and what is outside of all left out.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class TagTask(LanguageModel model, bool join = true, bool truncate = false) : ModelTask(model, truncate)
{
    /// <inheritdoc/>
    public override string Name => "tag";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("tokens", RowType.Records,
        [
            new("position", RowType.Integer),
            new("tokens", RowType.Integer),
            new("word", RowType.Text),
            new("start", RowType.Integer),
            new("length", RowType.Integer),
            new("label", RowType.Text),
            new("score", RowType.Real),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } = [new("join", $"{join}"), new("truncate", $"{truncate}")];

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        TokenClass.Of(Model, [.. rows.Select(row => row.Tokens)], join, 0, cancellation),
        found => found.Index,
        (text, classes) =>
        [
            text.Label,
            classes.Select(found => (object?[])[found.Position, found.Tokens, found.Word, found.Start, found.Length, found.Label, found.Score]).ToList(),
            Model.Name,
        ]);
}
