using System.Text;
using Gptx.Jobs;
using Gptx.Jobs.Output;

namespace Gptx.Tests.Jobs;

public class ParquetRowsTests
{
    private static readonly RowColumn[] Columns =
    [
        RowColumn.RowId,
        new("readings", RowType.Records, [new("layer", RowType.Integer), new("top", RowType.Records, [new("id", RowType.Integer), new("token", RowType.Text)]), new("entropy", RowType.Real)]),
        new("vector", RowType.Vector),
        new("words", RowType.Texts),
        new("isSpecial", RowType.Boolean),
    ];

    /// <summary>Lists in lists, of any length, null and empty: what was put in comes out.</summary>
    [Fact]
    public void Rows_come_back_as_they_were()
    {
        using var folder = new JobFolder();
        var random = new Random(14);
        string[] rows = [.. Enumerable.Range(0, 500).Select(i => Row(random, i))];
        using (var file = File.Create(folder.Path("rows.parquet")))
        {
            using var sink = new ParquetSink(file, Columns);
            foreach (var row in rows)
            {
                sink.Write(Encoding.UTF8.GetBytes(row));
            }

            sink.Finish(new JobPlan([]), new JobSummary(500, 0, 0, 0, IsFinished: true));
        }

        Assert.Equal(rows, ParquetRows.Read(folder.Path("rows.parquet"), Columns).Select(row => Encoding.UTF8.GetString(row.Span)));
    }

    private static string Row(Random random, int number)
    {
        var readings = List(random, () => $"{{\"layer\":{random.Next(9)},\"top\":{List(random, () => $"{{\"id\":{random.Next(9)},\"token\":{Text(random)}}}")},\"entropy\":{Maybe(random, "0.25")}}}");
        return $"{{\"rowId\":\"{number}\",\"readings\":{readings},\"vector\":{List(random, () => Maybe(random, "1.5"))},\"words\":{List(random, () => Text(random))},\"isSpecial\":{Maybe(random, "true")}}}";
    }

    private static string List(Random random, Func<string> item) =>
        random.Next(5) == 0 ? "null" : $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => item()))}]";

    private static string Text(Random random) => Maybe(random, $"\"{(char)random.Next('a', 'z')}\"");

    private static string Maybe(Random random, string value) => random.Next(6) == 0 ? "null" : value;
}
