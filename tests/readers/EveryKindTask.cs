using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;
using Gptx.Tokenization;

namespace Gptx.Tests.Readers;

/// <summary>A task without a model whose rows hold every kind of column, with the values that formats tend to get wrong.</summary>
internal sealed class EveryKindTask : IRowTask
{
    private static readonly float[] Floats =
        [0f, -0f, 1f / 3, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 16_777_216f, 1.17549435e-38f, 0.1f, float.NaN, float.PositiveInfinity, 8.5899346e9f, 1e-7f];

    private static readonly double?[] Doubles = [0, -0.0, 1.0 / 3, double.Epsilon, double.MaxValue, 1e-320, 5e22, 0.1, 123456789.123456789, null, double.NaN];

    private static readonly string[] Strings = ["plain", "", "with \"quotes\", commas; and\ttabs", "two\nlines", "carriage\r\nreturn", "naïve 🙂 你 \u0085\u2028", "\\back/slash", "{\"a\":1}", "12", "null", "'); drop table rows; --"];

    public string Name => "every kind";

    public IReadOnlyList<RowColumn> Columns { get; } =
    [
        new("text", RowType.Text),
        new("note", RowType.Text),
        new("count", RowType.Integer),
        new("mean", RowType.Real),
        new("flag", RowType.Boolean),
        new("vector", RowType.Vector),
        new("words", RowType.Texts),
        new("ids", RowType.Integers),
        new("parts", RowType.Records, [new("name", RowType.Text), new("value", RowType.Real), new("place", RowType.Integer), new("isLast", RowType.Boolean)]),
    ];

    public IReadOnlyList<KeyValuePair<string, string>> Settings => [];

    public string ModelHash => "none";

    public TokenSequence Read(SourceRow row) => new(row.Text!, [new EncodedToken(0, "x", "x", 0, 1, IsSpecial: false)]);

    public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => [.. rows.Select(row => Values(row.Tokens.Text!))];

    private static object?[] Values(string text)
    {
        var random = new Random(text.Length + text.Sum(letter => letter));
        return
        [
            text,
            Maybe(() => One(Strings)),
            Maybe(() => random.Next(2) == 0 ? random.Next(-100, 100) : (object)(1L << random.Next(40, 53))),
            One(Doubles),
            Maybe(() => random.Next(2) == 0),
            Maybe(() => Some(() => One(Floats)).ToArray()),
            Maybe(() => Some(() => One(Strings))),
            Maybe(() => Some(() => random.Next())),
            Maybe(() => Some(() => (object?[])[Maybe(() => One(Strings)), One(Doubles), Maybe(() => random.Next()), Maybe(() => random.Next(2) == 0)])),
        ];

        T One<T>(T[] of) => of[random.Next(of.Length)];
        List<T> Some<T>(Func<T> make) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => make())];
        object? Maybe<T>(Func<T> make) => random.Next(4) == 0 ? null : make();
    }
}
