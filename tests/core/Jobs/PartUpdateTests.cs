using Gptx.Faults;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

/// <summary>Jobs whose output has a row an item: what is kept of them, and what is computed again, makes what a job from scratch makes.</summary>
public class PartUpdateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.db")]
    public void An_update_computes_what_is_new_or_changed_or_has_left_no_part(string output)
    {
        using var folder = new JobFolder();
        var options = Options(folder, 0, output);
        new TextJob(new LettersTask(without: 'x'), options).Run(cancellation: Stop);

        Options(folder, 10, output, changed: 20);
        var task = new LettersTask(without: 'x');
        var summary = new TextJob(task, options with { Update = true }).Run(cancellation: Stop);
        Assert.Equal(10 + 1 + Enumerable.Range(10, 40).Count(IsEmpty), task.Computed);
        Assert.Equal((50, 0), (summary.Rows, summary.Failed));
        Assert.Equal(Enumerable.Range(0, 10).Where(i => !IsEmpty(i)).Select(i => $"{i}"), summary.Gone);
        var updated = Content(folder, output);

        new TextJob(new LettersTask(without: 'x'), options with { Force = true }).Run(cancellation: Stop);
        Assert.Equal(Content(folder, output), updated);
    }

    [Theory]
    [InlineData("out.jsonl")]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    [InlineData("out.db")]
    public void Rows_that_failed_are_tried_again(string output)
    {
        using var folder = new JobFolder();
        var options = Options(folder, 0, output);
        var first = new TextJob(new LettersTask(failsAt: '7'), options).Run(cancellation: Stop);
        Assert.Equal(5, first.Failed);
        var task = new LettersTask();
        var again = new TextJob(task, options with { Resume = true, RetryErrors = true }).Run(cancellation: Stop);
        Assert.Equal((50, 0, 5), (again.Rows, again.Failed, task.Computed));
        var mended = Content(folder, output);

        new TextJob(new LettersTask(), options with { Force = true }).Run(cancellation: Stop);
        Assert.Equal(Content(folder, output), mended);
    }

    [Theory]
    [InlineData("letter")]
    [InlineData("part")]
    [InlineData("letters")]
    public void A_field_that_is_carried_over_is_not_called_as_a_column_of_parts(string name)
    {
        using var folder = new JobFolder();
        var options = Options(folder, 0, "out.jsonl");
        var error = Assert.Throws<GptxException>(() => new TextJob(new LettersTask(), options with { Fields = new RowFields("text", "id", [name]) }).Run(cancellation: Stop));
        Assert.Equal("KeepNameTaken", error.ErrorId);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    // Every eighth row has but an x, which is left out.
    private static bool IsEmpty(int row) => row % 8 == 0;

    private static TextJobOptions Options(JobFolder folder, int first, string output, int changed = -1)
    {
        var rows = Enumerable.Range(first, 50).Select(i => $"{{\"id\":{i},\"text\":\"{(i == changed ? "changed" : IsEmpty(i) ? "x" : $"\u00e9, {i}")}\",\"more\":\"of {i}\"}}\n");
        return folder.Options(folder.Input("rows.jsonl", string.Concat(rows)), output) with { Fields = new RowFields("text", "id", ["more"]), Layout = RowLayout.Part };
    }

    private static string[] Content(JobFolder folder, string output) => output.EndsWith(".db", StringComparison.Ordinal)
        ? [.. DatabaseText.Of(folder.Path(output)), .. folder.Files().Keys.Order(StringComparer.Ordinal)]
        : [.. folder.Files().OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}: {file.Value}")];
}
