using Gptx.Inference;
using Gptx.Prediction;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>The classes of each text's tokens.</summary>
/// <param name="model">A model that classifies tokens.</param>
/// <param name="join">Whether neighbours of one class are joined, and what is outside of all left out.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class TagTask(LanguageModel model, bool join = true, bool truncate = false) : IRowTask
{
    private readonly Lazy<string> _hash = new(() => Jobs.ModelHash.Of(model));

    /// <inheritdoc/>
    public string Name => "tag";

    /// <inheritdoc/>
    public IReadOnlyList<RowColumn> Columns { get; } =
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
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; } = [new("join", $"{join}"), new("truncate", $"{truncate}")];

    /// <inheritdoc/>
    public string ModelHash => _hash.Value;

    /// <inheritdoc/>
    public TokenSequence Read(SourceRow row) => RowTokens.Of(model, row, truncate);

    /// <inheritdoc/>
    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        TokenClass.Of(model, [.. rows.Select(row => row.Tokens)], join, 0, cancellation),
        found => found.Index,
        (text, classes) =>
        [
            text.Label,
            classes.Select(found => (object?[])[found.Position, found.Tokens, found.Word, found.Start, found.Length, found.Label, found.Score]).ToList(),
            model.Name,
        ]);
}
