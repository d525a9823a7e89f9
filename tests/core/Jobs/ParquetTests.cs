using System.Text.Json;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

public class ParquetTests
{
    [Fact]
    public void What_a_job_writes_can_be_read_as_rows()
    {
        using var folder = new JobFolder();
        var source = folder.Lines(300, seed: 11);
        new TextJob(new LetterTask(failsAt: 'z'), folder.Options(source, "out.parquet")).Run(cancellation: TestContext.Current.CancellationToken);
        new TextJob(new LetterTask(failsAt: 'z'), folder.Options(source, "out.jsonl")).Run(cancellation: TestContext.Current.CancellationToken);

        var rows = RowReaders.Of(RowSource.OfFile(folder.Path("out.parquet")), 0, new RowFields("text", "rowId", ["sum", "mean"]), new RowLimits())
            .Units(_ => true, TestContext.Current.CancellationToken).SelectMany(unit => unit.Rows).ToList();
        var lines = folder.Read("out.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.True(rows.Count > 250);
        Assert.Equal(lines.Select(line => line.GetProperty("text").GetString()), rows.Select(row => row.Text));
        Assert.Equal(lines.Select(line => line.GetProperty("rowId").GetString()), rows.Select(row => row.Id!.Value.GetString()));
        Assert.Equal(lines.Select(line => line.GetProperty("sum").GetInt64()), rows.Select(row => row.Kept[0].Value.GetInt64()));
        Assert.Equal(lines.Select(line => line.GetProperty("mean").GetDouble()), rows.Select(row => row.Kept[1].Value.GetDouble()));
    }

    [Fact]
    public void A_file_that_is_none_is_one_error()
    {
        using var folder = new JobFolder();
        var source = folder.Input("broken.parquet", "this is no parquet file at all");
        var error = Assert.Throws<GptxException>(() => RowReaders.Of(source, 0, RowFields.Default, new RowLimits()).Units(_ => true, TestContext.Current.CancellationToken).ToList());
        Assert.Equal("InputDamaged", error.ErrorId);
    }
}
