using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

/// <summary>A task whose rows have lists: each letter with its place.</summary>
internal sealed class LettersTask : IRowTask
{
    private readonly LetterTask _letters = new();

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

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) =>
        [.. rows.Select(row => (object?[])[row.Tokens.Text, row.Tokens.Text!.Select((letter, place) => (object?[])[place, $"{letter}"]).ToList(), new[] { 0.1f, row.Tokens.Count }])];
}
