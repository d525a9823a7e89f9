using System.Text;
using System.Text.Json;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Jobs.Output;
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

    /// <summary>Fields that are carried over from Parquet into Parquet keep their type; into JSON lines a number is a number.</summary>
    [Fact]
    public void Fields_of_parquet_keep_their_types()
    {
        using var folder = new JobFolder();
        new TextJob(new LetterTask(), folder.Options(folder.Lines(100, seed: 12), "in.parquet")).Run(cancellation: TestContext.Current.CancellationToken);
        var fields = new RowFields("text", "rowId", ["sum", "mean"]);
        RowColumn[] numbers = [RowColumn.RowId, new("text", RowType.Text)];
        foreach (var output in (string[])["out.parquet", "out.jsonl"])
        {
            var options = folder.Options(RowSource.OfFile(folder.Path("in.parquet")), output) with { Fields = fields };
            new TextJob(new CopyTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
        }

        // What its columns are is not said here: it stands in the file.
        var copied = ParquetRows.Read(folder.Path("out.parquet"), numbers).Select(row => Encoding.UTF8.GetString(row.Span)).ToList();
        Assert.True(copied.Count > 80);
        Assert.Equal(folder.Read("out.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries), copied);
        Assert.Equal(JsonValueKind.Number, JsonDocument.Parse(copied[0]).RootElement.GetProperty("mean").ValueKind);
    }

    [Fact]
    public void A_file_that_is_none_is_one_error()
    {
        using var folder = new JobFolder();
        var source = folder.Input("broken.parquet", "this is no parquet file at all");
        var error = Assert.Throws<GptxException>(() => RowReaders.Of(source, 0, RowFields.Default, new RowLimits()).Units(_ => true, TestContext.Current.CancellationToken).ToList());
        Assert.Equal("InputDamaged", error.ErrorId);
    }

    /// <summary>A task whose rows are their texts.</summary>
    private sealed class CopyTask : IRowTask
    {
        public string Name => "copy";

        public IReadOnlyList<RowColumn> Columns { get; } = [new("text", RowType.Text)];

        public IReadOnlyList<KeyValuePair<string, string>> Settings => [];

        public string ModelHash => "none";

        public TokenSequence Read(SourceRow row) => new(row.Text!, []);

        public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => [.. rows.Select(row => (object?[])[row.Tokens.Text])];
    }
}
