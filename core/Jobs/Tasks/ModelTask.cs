using Gptx.Inference;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>A task that a language model does.</summary>
/// <param name="model">The model.</param>
/// <param name="truncate">Whether texts that are too long are cut, in place of an error.</param>
public abstract class ModelTask(LanguageModel model, bool truncate) : IRowTask
{
    private readonly Lazy<string> _hash = new(() => Jobs.ModelHash.Of(model));

    /// <summary>The model.</summary>
    protected LanguageModel Model => model;

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

    /// <inheritdoc/>
    public virtual TokenSequence Read(SourceRow row) => RowTokens.Of(model, row, truncate);

    /// <inheritdoc/>
    public abstract IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation);
}
