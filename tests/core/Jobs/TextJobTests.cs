using System.Text.Json;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

public class TextJobTests
{
    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.npy")]
    public void A_job_that_is_stopped_anywhere_and_goes_on_makes_the_same_bytes(string output)
    {
        using var whole = new JobFolder();
        var source = whole.Lines(300, seed: 1);
        var once = new LetterTask(failsAt: 'q');
        new TextJob(once, whole.Options(source, output)).Run(cancellation: TestContext.Current.CancellationToken);
        var wanted = whole.Files();
        Assert.True(wanted[output].Length > 1_000);

        var random = new Random(2);
        for (var round = 0; round < 10; round++)
        {
            using var folder = new JobFolder();
            var again = folder.Lines(300, seed: 1);
            var (computed, stops) = (0, 0);
            while (true)
            {
                var task = new LetterTask(stopAfter: random.Next(1, 120), failsAt: 'q');
                try
                {
                    new TextJob(task, folder.Options(again, output) with { Resume = true }).Run(cancellation: TestContext.Current.CancellationToken);
                    computed += task.Computed;
                    break;
                }
                catch (OperationCanceledException)
                {
                    computed += task.Computed;
                    Assert.False(File.Exists(folder.Path(output)));
                    stops++;
                }
            }

            Assert.Equal(wanted, folder.Files());
            // What a stop loses: a batch that each worker is at, and those that wait to be recorded.
            Assert.InRange(computed, once.Computed, once.Computed + (stops * 8 * 4));
        }
    }

    [Fact]
    public void Every_row_is_there_in_order_or_among_the_errors()
    {
        using var folder = new JobFolder();
        var source = folder.Lines(200, seed: 3);
        var summary = new TextJob(new LetterTask(failsAt: 'x'), folder.Options(source)).Run(cancellation: TestContext.Current.CancellationToken);
        var input = File.ReadAllLines(source.Path!);
        var good = input.Where(line => line.Length > 0 && !line.Contains('x', StringComparison.Ordinal)).ToList();
        var rows = folder.Read("out.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(good, rows.Select(row => row.GetProperty("text").GetString()));
        Assert.All(rows, row => Assert.Equal(row.GetProperty("text").GetString()!.Sum(letter => letter), row.GetProperty("sum").GetInt32()));
        Assert.Equal((200, 200 - good.Count), (summary.Rows, summary.Failed));

        var errors = folder.Read("out.jsonl.errors.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            input.Index().Where(line => line.Item.Length == 0 || line.Item.Contains('x', StringComparison.Ordinal)).Select(line => line.Index + 1),
            errors.Select(error => error.GetProperty("line").GetInt32()));
        var text = File.ReadAllText(source.Path!);
        Assert.All(errors, error => Assert.Equal(
            error.GetProperty("line").GetInt32() - 1, text.AsSpan(0, error.GetProperty("offset").GetInt32()).Count('\n')));
        Assert.All(rows, row => Assert.StartsWith("lines.txt:", row.GetProperty("rowId").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_the_same_job_is_refused_and_named()
    {
        using var folder = new JobFolder();
        var source = folder.Lines(200, seed: 4);
        var options = folder.Options(source) with { Resume = true };
        Assert.Throws<OperationCanceledException>(() => new TextJob(new LetterTask(stopAfter: 50), options).Run(cancellation: TestContext.Current.CancellationToken));

        Assert.Contains("factor", Refused(() => new TextJob(new LetterTask(factor: 2), options)), StringComparison.Ordinal);
        Assert.Contains("batchRows", Refused(() => new TextJob(new LetterTask(), options with { BatchRows = 3 })), StringComparison.Ordinal);
        var text = File.ReadAllText(source.Path!);
        File.WriteAllText(source.Path!, "b" + text[1..]);
        Assert.Contains("lines.txt", Refused(() => new TextJob(new LetterTask(), options)), StringComparison.Ordinal);

        static string Refused(Func<TextJob> job)
        {
            var error = Assert.Throws<GptxException>(() => job().Run(cancellation: TestContext.Current.CancellationToken));
            Assert.Equal("JobDiffers", error.ErrorId);
            return error.Message;
        }
    }

    [Fact]
    public void A_finished_job_is_left_as_it_is()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(50, seed: 5)) with { Resume = true };
        var first = new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
        var files = folder.Files();
        var task = new LetterTask();
        var second = new TextJob(task, options).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, task.Computed);
        Assert.Equal(files, folder.Files());
        Assert.Equal((first.Rows, first.Failed, first.Tokens), (second.Rows, second.Failed, second.Tokens));
        Assert.Equal("OutputExists", Assert.Throws<GptxException>(() => new TextJob(task, options with { Resume = false }).Run(cancellation: TestContext.Current.CancellationToken)).ErrorId);
    }

    [Fact]
    public void The_second_row_of_an_id_is_an_error()
    {
        using var folder = new JobFolder();
        var source = folder.Input("rows.jsonl", "{\"id\":1,\"text\":\"a\"}\n{\"id\":\"x\",\"text\":\"b\"}\n{\"id\":1,\"text\":\"c\"}\n{\"text\":\"d\"}\n");
        var options = folder.Options(source) with { Fields = new RowFields("text", "id", []) };
        var summary = new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((4, 2), (summary.Rows, summary.Failed));
        Assert.Equal(["a", "b"], folder.Read("out.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()));
        Assert.Contains("RowIdRepeated", folder.Read("out.jsonl.errors.jsonl"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_processes_do_not_work_on_one_output()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(20, seed: 6));
        Directory.CreateDirectory(options.Output + ".partial");
        using var held = new FileStream(options.Output + ".partial/0-of-1.lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal("JobLocked", Assert.Throws<GptxException>(() => new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken)).ErrorId);
    }

    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.npy")]
    public void Rows_that_failed_are_tried_again_when_that_is_asked_for(string output)
    {
        using var whole = new JobFolder();
        new TextJob(new LetterTask(), whole.Options(whole.Lines(200, seed: 9), output)).Run(cancellation: TestContext.Current.CancellationToken);

        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(200, seed: 9), output) with { Resume = true };
        var first = new TextJob(new LetterTask(failsAt: 'e'), options).Run(cancellation: TestContext.Current.CancellationToken);
        var files = folder.Files();
        new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(files, folder.Files());

        var task = new LetterTask();
        var again = new TextJob(task, options with { RetryErrors = true }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(first.Failed - again.Failed, task.Computed);
        Assert.Equal(whole.Files(), folder.Files());
    }

    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.npy")]
    public void An_update_computes_what_is_new_or_changed(string output)
    {
        using var folder = new JobFolder();
        var fields = new RowFields("text", "id", []);
        var source = folder.Input("rows.jsonl", string.Concat(Enumerable.Range(0, 50).Select(i => $"{{\"id\":{i},\"text\":\"row {i}\"}}\n")));
        var options = folder.Options(source, output) with { Fields = fields };
        new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);

        folder.Input("rows.jsonl", string.Concat(Enumerable.Range(10, 50).Select(i => $"{{\"id\":{i},\"text\":\"row {(i == 20 ? "changed" : i)}\"}}\n")));
        var task = new LetterTask();
        var summary = new TextJob(task, options with { Update = true }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(11, task.Computed);
        Assert.Equal(50, summary.Rows);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), summary.Gone);
        var updated = folder.Files();
        new TextJob(new LetterTask(), options with { Force = true }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(folder.Files(), updated);
    }

    [Theory]
    [InlineData("out.jsonl.errors.jsonl", "out.jsonl")]
    [InlineData("out.npy.ids.jsonl", "out.npy")]
    public void A_file_that_a_job_would_write_beside_its_output_is_not_written_over(string name, string output)
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(20, seed: 12), output);
        folder.Input(name, "somebody's own");
        var error = Assert.Throws<GptxException>(() => new TextJob(new LetterTask(), options with { Resume = true }).Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("OutputExists", error.ErrorId);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal("somebody's own", folder.Read(name));
        new TextJob(new LetterTask(), options with { Force = true }).Run(cancellation: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_row_that_takes_too_long_is_an_error_that_is_tried_again()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(30, seed: 10)) with { Resume = true };
        var slow = new SlowTask(new LetterTask(), 'm');
        var summary = new TextJob(slow, options with { RowTimeout = TimeSpan.FromMilliseconds(50), MaxErrors = 0, Limits = new RowLimits() });
        Assert.Equal("TooManyErrors", Assert.Throws<GptxException>(() => summary.Run(cancellation: TestContext.Current.CancellationToken)).ErrorId);
        var done = new TextJob(new LetterTask(), options with { Limits = new RowLimits() }).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("RowTimedOut", folder.Files().Values.Aggregate(string.Concat), StringComparison.Ordinal);
        Assert.Equal(30, done.Rows);
    }
}
