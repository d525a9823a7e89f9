using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Gptx.Jobs;
using Gptx.Jobs.Stores;
using Gptx.Rows;

namespace Gptx.Tests.Jobs.Stores;

/// <summary>What holds of the tables of each kind of database. Tables are read by statements of these tests' own, and compared with the lines of JSON that the same job makes.</summary>
public abstract class StoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract string Address(JobFolder folder, string table);

    private protected abstract DbConnection Open(JobFolder folder);

    private protected virtual string VectorColumn => "vector";

    private protected abstract string VectorText(DbDataReader reader, int column);

    [Fact]
    public void A_job_that_is_stopped_anywhere_and_goes_on_makes_the_same_rows()
    {
        using var whole = new JobFolder();
        var source = whole.Lines(300, seed: 1);
        var once = new LetterTask(failsAt: 'q');
        Run(once, whole.Options(source));
        var wanted = Lines(whole.Read("out.jsonl"));
        Assert.InRange(wanted.Count, 100, 290);

        var random = new Random(2);
        for (var round = 0; round < 5; round++)
        {
            using var folder = new JobFolder();
            var options = Options(folder, folder.Lines(300, seed: 1), $"t{round}") with { Resume = true };
            var (computed, stops) = (0, 0);
            while (true)
            {
                var task = new LetterTask(stopAfter: random.Next(1, 120), failsAt: 'q');
                try
                {
                    Run(task, options);
                    computed += task.Computed;
                    break;
                }
                catch (OperationCanceledException)
                {
                    computed += task.Computed;
                    Assert.False(Has(folder, $"t{round}"));
                    stops++;
                }
            }

            Assert.Equal(wanted, Rows(folder, $"t{round}"));
            Assert.Equal(whole.Read("out.jsonl.errors.jsonl"), folder.Read("errors.jsonl"));
            Assert.InRange(computed, once.Computed, once.Computed + (stops * 8));
            Assert.Equal(["gptx_batches", "gptx_jobs", "gptx_shards", "gptx_unfinished", "gptx_units", $"t{round}"], Tables(folder).Order(StringComparer.Ordinal));
            Assert.Equal("0", Scalar(folder, "SELECT (SELECT count(*) FROM gptx_batches) + (SELECT count(*) FROM gptx_units) + (SELECT count(*) FROM gptx_unfinished) + (SELECT count(*) FROM gptx_shards)"));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Shards_joined_are_the_rows_of_a_single_run(int count)
    {
        // Each id comes twice, far apart: which row stays must not depend on which shard was there first.
        using var whole = new JobFolder();
        var fields = new RowFields("text", "id", ["kept"]);
        Run(new LetterTask(failsAt: 'q'), whole.Options(Twice(whole)) with { Fields = fields });

        using var folder = new JobFolder();
        var options = Options(folder, Twice(folder), "t") with { Fields = fields };
        foreach (var shard in Enumerable.Range(0, count).Reverse())
        {
            Assert.Equal("ShardsMissing", Refused(() => JobMerge.Run(new LetterTask(failsAt: 'q'), options, Stop)).ErrorId);
            var part = options with { Shard = new Shard(shard, count), Resume = true };
            Assert.Throws<OperationCanceledException>(() => Run(new LetterTask(stopAfter: 1, failsAt: 'q'), part));
            Run(new LetterTask(failsAt: 'q'), part);
        }

        var summary = JobMerge.Run(new LetterTask(failsAt: 'q'), options, Stop);
        Assert.Equal(300, summary.Rows);
        Assert.Equal(Lines(whole.Read("out.jsonl")), Rows(folder, "t", "kept"));
        Assert.Equal(whole.Read("out.jsonl.errors.jsonl"), folder.Read("errors.jsonl"));
        Assert.Equal(summary.Rows, JobMerge.Run(new LetterTask(failsAt: 'q'), options, Stop).Rows);
    }

    [Fact]
    public async Task Shards_write_one_table_at_once()
    {
        using var whole = new JobFolder();
        Run(new LetterTask(), whole.Options(whole.Lines(600, seed: 12)));

        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(600, seed: 12), "t");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(shard => Task.Run(() => Run(new LetterTask(), options with { Shard = new Shard(shard, 4) }), Stop)));
        JobMerge.Run(new LetterTask(), options, Stop);
        Assert.Equal(Lines(whole.Read("out.jsonl")), Rows(folder, "t"));
    }

    [Fact]
    public void A_finished_table_is_left_as_it_is_and_another_job_is_refused()
    {
        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(50, seed: 5), "t") with { Resume = true };
        var first = Run(new LetterTask(), options);
        var rows = Rows(folder, "t");
        var task = new LetterTask();
        var second = Run(task, options);
        Assert.Equal(0, task.Computed);
        Assert.Equal((first.Rows, first.Failed, first.Tokens), (second.Rows, second.Failed, second.Tokens));
        Assert.Equal("OutputExists", Refused(() => Run(task, options with { Resume = false })).ErrorId);
        var differs = Refused(() => Run(new LetterTask(factor: 2), options));
        Assert.Equal("JobDiffers", differs.ErrorId);
        Assert.Contains("factor", differs.Message, StringComparison.Ordinal);
        Assert.Equal(rows, Rows(folder, "t"));

        Run(new LetterTask(factor: 2), options with { Force = true, Resume = false });
        Assert.NotEqual(rows, Rows(folder, "t"));
        Assert.Equal("2", TextJob.Recorded(options, "factor"));
    }

    [Fact]
    public void A_table_that_no_job_made_is_touched_only_by_force()
    {
        using var folder = new JobFolder();
        Execute(folder, "CREATE TABLE t (something INTEGER)", "INSERT INTO t VALUES (7)", "CREATE TABLE other (something INTEGER)");
        var options = Options(folder, folder.Lines(20, seed: 5), "t");
        Assert.Equal("OutputExists", Refused(() => Run(new LetterTask(), options)).ErrorId);
        Assert.Equal("JobDiffers", Refused(() => Run(new LetterTask(), options with { Resume = true })).ErrorId);
        Assert.Equal("7", Scalar(folder, "SELECT something FROM t"));
        Run(new LetterTask(), options with { Force = true });
        Assert.Equal("20", Scalar(folder, "SELECT (SELECT count(*) FROM t) + (SELECT sum(failed) FROM gptx_jobs)"));
        Assert.Equal("0", Scalar(folder, "SELECT count(*) FROM other"));
    }

    [Fact]
    public void Rows_that_failed_are_tried_again_when_that_is_asked_for()
    {
        using var whole = new JobFolder();
        Run(new LetterTask(), whole.Options(whole.Lines(200, seed: 9)));

        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(200, seed: 9), "t") with { Resume = true };
        var first = Run(new LetterTask(failsAt: 'e'), options);
        Execute(folder, "CREATE VIEW seen AS SELECT count(*) AS n FROM t");
        var task = new LetterTask();
        var again = Run(task, options with { RetryErrors = true });
        Assert.Equal(first.Failed - again.Failed, task.Computed);
        Assert.Equal(Lines(whole.Read("out.jsonl")), Rows(folder, "t"));
        Assert.Equal(whole.Read("out.jsonl.errors.jsonl"), folder.Read("errors.jsonl"));
        Assert.Equal($"{again.Rows - again.Failed}", Scalar(folder, "SELECT n FROM seen"));
    }

    [Fact]
    public void An_update_that_is_stopped_and_goes_on_computes_what_is_new_or_changed()
    {
        using var folder = new JobFolder();
        var options = Options(folder, Numbered(folder, 0, null), "t") with { Fields = new RowFields("text", "id", []), BatchRows = 3 };
        Run(new LetterTask(), options);
        var before = Rows(folder, "t");

        Numbered(folder, 10, 20);
        var (computed, stops) = (0, 0);
        JobSummary? summary = null;
        while (summary is null)
        {
            var task = new LetterTask(stopAfter: 4);
            try
            {
                summary = Run(task, options with { Update = true });
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(before, Rows(folder, "t"));
                stops++;
            }

            computed += task.Computed;
        }

        Assert.True(stops > 1);
        Assert.InRange(computed, 11, 11 + (stops * 4)); // a batch that was not recorded yet is computed again
        Assert.Equal(50, summary.Rows);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), summary.Gone);
        var updated = Rows(folder, "t");
        Run(new LetterTask(), options with { Force = true });
        Assert.Equal(Rows(folder, "t"), updated);
    }

    [Fact]
    public void Two_processes_do_not_work_on_one_table()
    {
        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(20, seed: 6), "t");
        var inside = new CallingTask(new LetterTask(), () => Assert.Equal("JobLocked", Refused(() => Run(new LetterTask(), options with { Resume = true })).ErrorId));
        Run(inside, options);
        Assert.True(inside.WasCalled);
    }

    [Fact]
    public void Parts_are_rows_too()
    {
        using var whole = new JobFolder();
        Run(new PartTask(), whole.Options(whole.Lines(60, seed: 13)) with { Layout = RowLayout.Part });
        using var folder = new JobFolder();
        Run(new PartTask(), Options(folder, folder.Lines(60, seed: 13), "t") with { Layout = RowLayout.Part });
        var lines = whole.Read("out.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(line => $"{line.GetProperty("rowId")} {line.GetProperty("part")} {line.GetProperty("letter")}").ToList();
        Assert.Equal(lines, Query(folder, """SELECT "rowId", part, letter FROM t ORDER BY "rowSource", "rowOffset", part""", row => $"{row[0]} {row[1]} {row[2]}"));
    }

    [Theory]
    [InlineData("a\"; DROP TABLE t; --")]
    [InlineData("select")]
    [InlineData("it's")]
    [InlineData("Größe")]
    public void A_name_is_a_name_whatever_is_in_it(string table)
    {
        using var folder = new JobFolder();
        Run(new LetterTask(), Options(folder, folder.Lines(20, seed: 14), "t"));
        var source = folder.Input("rows.jsonl", $"{{\"text\":\"ab\",{JsonSerializer.Serialize(table)}:\"kept\"}}\n");
        Run(new LetterTask(), Options(folder, source, table) with { Fields = new RowFields("text", null, [table]) });
        Assert.Equal(["kept"], Query(folder, $"SELECT {StoreTransaction.Quoted(table)} FROM {StoreTransaction.Quoted(table)}", row => $"{row[0]}"));
        Assert.True(Has(folder, "t"));
    }

    [Fact]
    public void What_is_stored_is_read_back_in_the_order_of_the_input()
    {
        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(100, seed: 15), "t");
        Run(new LetterTask(), options);
        Run(new LetterTask(), folder.Options(folder.Lines(100, seed: 15)));
        using var table = StoreTable.Open(options.Output);
        var rows = table.Rows(Stop).Select(row => (row.RowId, row.Text, Bits(row.Vector!))).ToList();
        var lines = folder.Read("out.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(line => (line.GetProperty("rowId").GetString()!, line.GetProperty("text").GetString()!, Bits([.. line.GetProperty("vector").EnumerateArray().Select(number => number.GetSingle())]))).ToList();
        Assert.Equal(lines, rows);
        Assert.Equal(("none", "embed", rows.Count), (table.ModelHash, table.Task, table.Count));
    }

    private protected static JobSummary Run(IRowTask task, TextJobOptions options) => new TextJob(task, options).Run(cancellation: Stop);

    private protected static GptxException Refused(Action action) => Assert.Throws<GptxException>(action);

    private protected TextJobOptions Options(JobFolder folder, RowSource source, string table) =>
        folder.Options(source) with { Output = Address(folder, table), Errors = folder.Path("errors.jsonl") };

    private protected List<string> Rows(JobFolder folder, string table, params string[] kept) => Query(
        folder,
        $"""SELECT "rowId", text, sum, mean, {VectorColumn}{string.Concat(kept.Select(name => $", {name}"))} FROM {table} ORDER BY "rowSource", "rowOffset" """,
        row => $"{row[0]} {row[1]} {row[2]} {BitConverter.DoubleToInt64Bits(row.GetDouble(3))} {VectorText(row, 4)}{string.Concat(kept.Select((_, place) => $" {row[5 + place]}"))}");

    private protected static List<string> Lines(string jsonLines) => [.. jsonLines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Select(line =>
        $"{line.GetProperty("rowId")} {line.GetProperty("text")} {line.GetProperty("sum")} {BitConverter.DoubleToInt64Bits(line.GetProperty("mean").GetDouble())} "
        + Bits([.. line.GetProperty("vector").EnumerateArray().Select(number => number.GetSingle())])
        + (line.TryGetProperty("kept", out var kept) ? $" {kept}" : ""))];

    private protected static string Bits(float[] vector) => string.Join(',', vector.Select(number => BitConverter.SingleToInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture)));

    private protected List<T> Query<T>(JobFolder folder, string sql, Func<DbDataReader, T> read)
    {
        using var connection = Open(folder);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private protected string Scalar(JobFolder folder, string sql) => Assert.Single(Query(folder, sql, row => string.Create(CultureInfo.InvariantCulture, $"{row[0]}")));

    private protected void Execute(JobFolder folder, params string[] statements)
    {
        using var connection = Open(folder);
        foreach (var sql in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private protected abstract List<string> Tables(JobFolder folder);

    private bool Has(JobFolder folder, string table) => Tables(folder).Contains(table);

    private static RowSource Twice(JobFolder folder)
    {
        var random = new Random(21);
        return folder.Input("rows.jsonl", string.Concat(Enumerable.Range(0, 300).Select(i =>
            $"{{\"id\":{i % 150},\"text\":\"{new string([.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => (char)random.Next('a', 'z'))])}\",\"kept\":{i}}}\n")));
    }

    private static RowSource Numbered(JobFolder folder, int first, int? changed) => folder.Input("rows.jsonl", string.Concat(
        Enumerable.Range(first, 50).Select(i => $"{{\"id\":{i},\"text\":\"row {(i == changed ? "changed" : i)}\"}}\n")));
}
