using System.Text.Json.Nodes;
using Gptx.Jobs;
using Gptx.Rows;
using Gptx.Tests.Jobs;

namespace Gptx.Tests.Readers;

/// <summary>A job over rows whose ids, texts and fields are those that formats tend to get wrong; with the embedded model, or a task that makes every kind of value.</summary>
internal sealed class ReadJob(string job) : IDisposable
{
    /// <summary>The task without a model.</summary>
    public const string EveryKind = "every kind";

    /// <summary>What is a string in files whose fields have no types of their own.</summary>
    public static readonly string[] Texts = ["rowId", "text", "note", "model", "pooling", "tag", "number", "nested", "token", "value"];

    private const string JsonLines = "out.jsonl";

    private readonly JobFolder _folder = new();

    /// <summary>The jobs.</summary>
    public static TheoryData<string> All => [EveryKind, "embed", "score", "tokenize", "next", "tokenize --rows token", "next --rows candidate"];

    /// <summary>The rows that it makes, as .NET reads them of JSON lines.</summary>
    public IReadOnlyList<JsonNode> Rows
    {
        get
        {
            if (!File.Exists(_folder.Path(JsonLines)))
            {
                Do(JsonLines);
            }

            return Row.Exact(_folder.Read(JsonLines), Texts);
        }
    }

    /// <summary>Does it.</summary>
    /// <param name="output">A file's name, or a table's address.</param>
    /// <returns>Where the output lies.</returns>
    public string Do(string output)
    {
        var source = _folder.Input("in.jsonl", Input(job == EveryKind ? 400 : 6));
        var path = output.Contains("://", StringComparison.Ordinal) ? output : _folder.Path(output);
        if (job == EveryKind)
        {
            var options = _folder.Options(source) with { Output = path, Fields = new RowFields("text", "id", ["tag", "number", "nested"]) };
            new TextJob(new EveryKindTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
            return path;
        }

        var run = Tool.CommandRun.Of([.. job.Split(' '), "--input", source.Path!, "--id-field", "id", "--keep", "tag,number,nested", "--out", path]);
        Assert.True(run.Code == 0, run.Error);
        return path;
    }

    /// <summary>What a program has read must be its rows, but for what the format cannot hold.</summary>
    public void AssertSame(IReadOnlyList<JsonNode> found, Func<JsonNode, JsonNode>? asHeld = null)
    {
        var wanted = Rows;
        Assert.NotEmpty(wanted);
        var difference = Row.Difference(asHeld is null ? wanted : [.. wanted.Select(asHeld)], found);
        Assert.True(difference is null, difference);
    }

    public void Dispose() => _folder.Dispose();

    private static string Input(int rows)
    {
        string[] fields =
        [
            """1,"text":"The king rode out.","tag":"plain","number":12,"nested":{"a":[1,"x",null]}""",
            """ "two","text":"He said \"no\", and left;\nthe next line.","tag":"with, a comma\r\nand \"quotes\"","number":1.50""",
            """3.50,"text":"naïve 🙂 \u4f60 \ud83d\ude42 end","tag":"🙂","number":null,"nested":null""",
            """ "","text":"12","tag":"","number":-0.0,"nested":[]""",
            """-7,"text":" spaces around\ttabs ","tag":" x ","number":true""",
            """ "🙂,\"\n","text":"'); drop table rows; --","tag":"null","number":1e300,"nested":"a string" """,
        ];
        return string.Concat(fields.Select(field => $"{{\"id\":{field}}}\n").Concat(Enumerable.Range(100, rows - fields.Length).Select(i => $"{{\"id\":{i},\"text\":\"row {i}\",\"tag\":\"{i}\"}}\n")));
    }
}
