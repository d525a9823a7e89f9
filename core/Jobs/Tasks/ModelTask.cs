using Gptx.Inference;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>A task that a language model does.</summary>
/// <param name="model">The model.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public abstract class ModelTask(LanguageModel model, bool truncate) : IRowTask
{
    private const double ProductsOfBatch = 1e10;
    private const int LeastTokens = 64;
    private const int MostTokens = 4096;

    private readonly Lazy<string> _hash = new(() => Jobs.ModelHash.Of(model));
    private readonly Lazy<int> _batchTokens = new(() => (int)Math.Clamp(ProductsOfBatch / model.Weights.Parameters, LeastTokens, MostTokens));

    /// <summary>The model, as it runs several batches at once.</summary>
    protected LanguageModel Model => model.ForBatches;

    /// <summary>Whether texts that are too long are cut.</summary>
    protected bool Truncates => truncate;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<RowColumn> Columns { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <inheritdoc/>
    public string ModelHash => _hash.Value;

    /// <inheritdoc/>
    public string Device => $"{model.Device}";

    /// <summary>A token takes about two operations a parameter, of which a processor does some 20 to 100 billion in a second.</summary>
    public int BatchTokens => _batchTokens.Value;

    /// <inheritdoc/>
    public virtual TokenSequence Read(SourceRow row) => RowTokens.Of(model, row, truncate);

    /// <inheritdoc/>
    public abstract IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation);
}
