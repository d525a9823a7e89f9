using System.Globalization;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;
using Gptx.Tokenization;

namespace Gptx.Tests.Jobs;

/// <summary>A task without a model: a token a letter, and as a result the sum of them. It can be told to stop, and to fail at letters.</summary>
internal sealed class LetterTask(int stopAfter = int.MaxValue, char? failsAt = null, int factor = 1) : IRowTask
{
    private readonly Lock _lock = new();

    /// <summary>Rows that were computed, on all threads.</summary>
    public int Computed { get; private set; }

    /// <summary>The name of the task whose rows any kind of output can hold.</summary>
    public string Name => "embed";

    public IReadOnlyList<RowColumn> Columns { get; } =
        [new("text", RowType.Text), new("sum", RowType.Integer), new("mean", RowType.Real), new("vector", RowType.Vector)];

    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; } = [new("factor", factor.ToString(CultureInfo.InvariantCulture))];

    public string ModelHash => "none";

    public TokenSequence Read(SourceRow row) => row.Text!.Length == 0
        ? throw new GptxException(GptxErrorKind.InvalidInput, "TextEmpty", "the text is empty")
        : new TokenSequence(row.Text, [.. row.Text.Select((letter, i) => new EncodedToken(letter, $"{letter}", $"{letter}", i, 1, IsSpecial: false))]);

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation)
    {
        if (rows.Any(row => failsAt is { } letter && row.Tokens.Text!.Contains(letter, StringComparison.Ordinal)))
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "LetterForbidden", $"{failsAt} is forbidden");
        }

        lock (_lock)
        {
            if (Computed + rows.Count > stopAfter)
            {
                throw new OperationCanceledException();
            }

            Computed += rows.Count;
        }

        return [.. rows.Select(row => Values(row.Tokens))];
    }

    private object?[] Values(TokenSequence text)
    {
        var sum = factor * text.Ids.Sum();
        return [text.Text, sum, sum / (double)text.Count, new[] { MathF.Sqrt(sum), 1f / sum }];
    }
}
