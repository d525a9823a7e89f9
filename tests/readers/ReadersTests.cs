using System.Text.Json.Nodes;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;
using Gptx.Tests.Jobs;

namespace Gptx.Tests.Readers;

/// <summary>
/// Programs of others read from every kind of output the same ids, texts, lists and numbers to the bit: <c>dotnet test tests -c Release --filter Category=Readers</c>.
/// One that is not installed is skipped with its name.
/// </summary>
[Trait("Category", "Readers")]
public sealed class ReadersTests : IDisposable
{
    // What is a string in files whose fields have no types of their own.
    private static readonly string[] Texts = ["rowId", "text", "note", "model", "pooling", "tag", "number", "nested", "token", "value"];

    private readonly JobFolder _folder = new();

    public static TheoryData<string> Jobs => ["every kind", "embed", "score", "tokenize", "next", "tokenize --rows token", "next --rows candidate"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task Python_reads_JSON_lines(string job)
    {
        Do(job, "out.jsonl");
        AssertSame(job, Row.Parse(await Programs.Python(_folder.Path("out.jsonl"), Texts)));
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task Python_reads_CSV(string job)
    {
        Do(job, "out.csv");
        AssertSame(job, Row.Parse(await Programs.Python(_folder.Path("out.csv"), Texts)), Row.WithoutEmptyTexts);
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task DuckDB_reads_Parquet(string job)
    {
        Do(job, "out.parquet");
        AssertSame(job, Row.Parse(await Programs.DuckDb(_folder.Path("out.parquet"))));
    }

    [Fact]
    public async Task NumPy_reads_vectors()
    {
        Do("embed", "out.npy");
        AssertSame("embed", Row.Parse(await Programs.NumPy(_folder.Path("out.npy"), Texts)));
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task Sqlite3_reads_a_table(string job)
    {
        Do(job, "out.db");
        AssertSame(job, await SqliteRows.Of(_folder.Path("out.db")), Row.WithoutNegativeZeros);
    }

    [Fact]
    public void The_rows_that_they_read_are_those_of_the_input()
    {
        Do("embed", "out.jsonl");
        var rows = Row.Exact(_folder.Read("out.jsonl"), Texts);
        Assert.Equal(["1", "two", "3.50", "", "-7", "🙂,\"\n"], rows.Select(row => row["rowId"]!.GetValue<string>()));
        Assert.Equal("He said \"no\", and left;\nthe next line.", rows[1]["text"]!.GetValue<string>());
        Assert.Equal("{\"a\":[1,\"x\",null]}", rows[0]["nested"]!.GetValue<string>());
        Assert.Equal("with, a comma\r\nand \"quotes\"", rows[1]["tag"]!.GetValue<string>());
        using var embedded = new EmbeddedModel();
        foreach (var row in rows)
        {
            var text = TokenSequence.FromText(embedded.Model, row["text"]!.GetValue<string>());
            var alone = TextEmbedder.Embed(embedded.Model, [text], cancellation: TestContext.Current.CancellationToken).Single().Vector;
            Assert.Equal(alone, row["vector"]!.AsArray().Select(number => (float)BitConverter.Int64BitsToDouble(Convert.ToInt64(number!.GetValue<string>(), 16))));
        }
    }

    private void Do(string job, string output)
    {
        var source = _folder.Input("in.jsonl", Input(job == "every kind" ? 400 : 6));
        if (job == "every kind")
        {
            var options = _folder.Options(source, output) with { Fields = new RowFields("text", "id", ["tag", "number", "nested"]) };
            new TextJob(new EveryKindTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
            return;
        }

        var run = Tool.CommandRun.Of([.. job.Split(' '), "--input", source.Path!, "--id-field", "id", "--keep", "tag,number,nested", "--out", _folder.Path(output)]);
        Assert.True(run.Code == 0, run.Error);
    }

    // Against JSON lines, as .NET reads them; but for what a format cannot hold.
    private void AssertSame(string job, IReadOnlyList<JsonNode> found, Func<JsonNode, JsonNode>? asHeld = null)
    {
        if (!File.Exists(_folder.Path("out.jsonl")))
        {
            Do(job, "out.jsonl");
        }

        var wanted = Row.Exact(_folder.Read("out.jsonl"), Texts);
        Assert.NotEmpty(wanted);
        var difference = Row.Difference(asHeld is null ? wanted : [.. wanted.Select(asHeld)], found);
        Assert.True(difference is null, difference);
    }

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
