using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

/// <summary>A task whose rows have lists: each letter with its place. It can be told to leave one out, so that lists may be empty, and to fail at one.</summary>
internal sealed class LettersTask(char? without = null, char? failsAt = null) : IRowTask
{
    private readonly LetterTask _letters = new(failsAt: failsAt);

    /// <summary>Rows that were computed.</summary>
    public int Computed => _letters.Computed;

    public string Name => "spell";

    public IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("letters", RowType.Records, [new("place", RowType.Integer), new("letter", RowType.Text)]),
        new("vector", RowType.Vector),
    ];

    public IReadOnlyList<KeyValuePair<string, string>> Settings => [];

    public string ModelHash => "none";

    public TokenSequence Read(SourceRow row) => _letters.Read(row);

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation)
    {
        _letters.Compute(rows, cancellation);
        return [.. rows.Select(row => (object?[])[row.Tokens.Text, Letters(row.Tokens.Text!), new[] { 0.1f, row.Tokens.Count }])];
    }

    private List<object?[]> Letters(string text) => [.. text.Select((letter, place) => (object?[])[place, $"{letter}"]).Where(record => (string)record[1]! != $"{without}")];
}
