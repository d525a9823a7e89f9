using System.Globalization;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Jobs.Tasks;

/// <summary>The vector of each text.</summary>
/// <param name="model">The model.</param>
/// <param name="options">How texts are embedded.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public sealed class EmbedTask(LanguageModel model, TextEmbeddingOptions options, bool truncate = false) : ModelTask(model, truncate)
{
    /// <inheritdoc/>
    public override string Name => "embed";

    /// <inheritdoc/>
    public override IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("layer", RowType.Integer),
        new("pooling", RowType.Text),
        new("tokenCount", RowType.Integer),
        new("windows", RowType.Integer),
        new("vector", RowType.Vector),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Settings { get; } =
    [
        new("pooling", options.Pooling?.ToString() ?? ""),
        new("layer", options.Layer.ToString(CultureInfo.InvariantCulture)),
        new("prompt", options.Prompt ?? ""),
        new("chunk", $"{options.Chunk}"),
        new("normalize", $"{options.Normalize}"),
        new("truncate", $"{truncate}"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) =>
    [
        .. TextEmbedder.Embed(Model, [.. rows.Select(row => row.Tokens)], options, 0, cancellation)
            .Select(vector => (object?[])[vector.Text, vector.Layer, vector.Pooling, vector.TokenCount, vector.Windows, vector.Vector, vector.Model]),
    ];
}
