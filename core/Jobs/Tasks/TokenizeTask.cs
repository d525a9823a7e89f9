using Gptx.Inference;
using Gptx.Rows;

namespace Gptx.Jobs.Tasks;

/// <summary>The tokens of each text. No weights are needed.</summary>
/// <param name="tokenizer">The tokenizer.</param>
public sealed class TokenizeTask(ModelTokenizer tokenizer) : IRowTask
{
    private readonly Lazy<string> _hash = new(() => Jobs.ModelHash.OfFiles(tokenizer.File is { } file ? [file] : []));

    /// <inheritdoc/>
    public string Name => "tokenize";

    /// <inheritdoc/>
    public IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("tokens", RowType.Records,
        [
            new("position", RowType.Integer),
            new("token", RowType.Text),
            new("id", RowType.Integer),
            new("start", RowType.Integer),
            new("length", RowType.Integer),
            new("value", RowType.Text),
            new("isSpecial", RowType.Boolean),
        ]),
        new("model", RowType.Text),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Settings => [];

    /// <inheritdoc/>
    public string ModelHash => _hash.Value;

    /// <inheritdoc/>
    public TokenSequence Read(SourceRow row) => row.Ids is { } ids ? tokenizer.Read(ids) : tokenizer.Read(row.Text!);

    /// <inheritdoc/>
    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => [.. rows.Select(row => Values(row.Tokens))];

    private object?[] Values(TokenSequence text) =>
    [
        text.Label,
        TextToken.Of(text, 0, tokenizer.Name)
            .Select(token => (object?[])[token.Position, token.Token, token.Id, token.Start, token.Length, token.Value, token.IsSpecial]).ToList(),
        tokenizer.Name,
    ];
}
