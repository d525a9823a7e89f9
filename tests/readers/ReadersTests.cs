using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Tests.Readers;

/// <summary>
/// Programs of others read from every kind of output the same ids, texts, lists and numbers to the bit: <c>dotnet test tests -c Release --filter Category=Readers</c>.
/// One that is not installed is skipped with its name.
/// </summary>
[Trait("Category", "Readers")]
public class ReadersTests
{
    public static TheoryData<string> Jobs => ReadJob.All;

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task Python_reads_JSON_lines(string name)
    {
        using var job = new ReadJob(name);
        job.AssertSame(Row.Parse(await Programs.Python(job.Do("out.jsonl"), ReadJob.Texts)));
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task Python_reads_CSV(string name)
    {
        using var job = new ReadJob(name);
        job.AssertSame(Row.Parse(await Programs.Python(job.Do("out.csv"), ReadJob.Texts)), Row.WithoutEmptyTexts);
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task DuckDB_reads_Parquet(string name)
    {
        using var job = new ReadJob(name);
        job.AssertSame(Row.Parse(await Programs.DuckDb(job.Do("out.parquet"))));
    }

    [Fact]
    public async Task NumPy_reads_vectors()
    {
        using var job = new ReadJob("embed");
        job.AssertSame(Row.Parse(await Programs.NumPy(job.Do("out.npy"), ReadJob.Texts)));
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public async Task Sqlite3_reads_a_table(string name)
    {
        using var job = new ReadJob(name);
        job.AssertSame(await SqliteRows.Of(job.Do("out.db")), Row.WithoutNegativeZeros);
    }

    [Fact]
    public void The_rows_that_they_read_are_those_of_the_input()
    {
        using var job = new ReadJob("embed");
        var rows = job.Rows;
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
}
