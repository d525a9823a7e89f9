using System.Globalization;
using Gptx.Inference;
using Gptx.Prediction;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>The classes of each text.</summary>
/// <param name="model">A model that classifies texts.</param>
/// <param name="pair">A text that stands behind each of them; null for none.</param>
/// <param name="top">How many classes of each text; null for all.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class ClassifyTask(LanguageModel model, string? pair = null, int? top = null, bool truncate = false) : IRowTask
{
    private readonly Lazy<string> _hash = new(() => Jobs.ModelHash.Of(model));

    /// <inheritdoc/>
    public string Name => "classify";

    /// <inheritdoc/>
    public IReadOnlyList<RowColumn> Columns { get; } =
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
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
        [new("pair", pair ?? ""), new("top", top?.ToString(CultureInfo.InvariantCulture) ?? ""), new("truncate", $"{truncate}")];

    /// <inheritdoc/>
    public string ModelHash => _hash.Value;

    /// <inheritdoc/>
    public TokenSequence Read(SourceRow row) => RowTokens.Of(model, row, truncate);

    /// <inheritdoc/>
    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => ByText.Of(
        rows,
        TextClass.Of(model, [.. rows.Select(row => row.Tokens)], pair, top, 0, cancellation),
        found => found.Index,
        (text, classes) => Values(text, [.. classes]));

    private object?[] Values(TokenSequence text, TextClass[] classes) =>
    [
        text.Label,
        pair,
        classes.FirstOrDefault()?.Label,
        classes.FirstOrDefault()?.Score,
        classes.Select(found => (object?[])[found.Rank, found.Id, found.Label, found.Logit, found.Score]).ToList(),
        model.Name,
    ];
}
