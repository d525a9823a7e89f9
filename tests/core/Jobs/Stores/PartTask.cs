using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs.Stores;

/// <summary>The letters of each text, as a list.</summary>
internal sealed class PartTask : IRowTask
{
    private readonly LetterTask _letters = new();

    public string Name => "parts";

    public IReadOnlyList<RowColumn> Columns { get; } = [new("text", RowType.Text), new("letters", RowType.Records, [new("letter", RowType.Text), new("code", RowType.Integer)])];

    public IReadOnlyList<KeyValuePair<string, string>> Settings => [];

    public string ModelHash => "none";

    public TokenSequence Read(SourceRow row) => _letters.Read(row);

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) =>
        [.. rows.Select(row => (object?[])[row.Tokens.Text, row.Tokens.Text!.Select(letter => (object?[])[$"{letter}", (int)letter]).ToList()])];
}
