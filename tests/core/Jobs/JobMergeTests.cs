using System.Text.Json.Nodes;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

public class JobMergeTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Shards_joined_are_the_bytes_of_a_single_run(int count)
    {
        using var whole = new JobFolder();
        new TextJob(new LetterTask(failsAt: 'q'), whole.Options(whole.Lines(300, seed: 1))).Run(cancellation: TestContext.Current.CancellationToken);

        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(300, seed: 1));
        foreach (var shard in Enumerable.Range(0, count).Reverse())
        {
            Assert.Equal("ShardsMissing", Assert.Throws<GptxException>(() => JobMerge.Run(new LetterTask(failsAt: 'q'), options, TestContext.Current.CancellationToken)).ErrorId);
            var part = options with { Shard = new Shard(shard, count), Resume = true };
            Assert.Throws<OperationCanceledException>(() => new TextJob(new LetterTask(stopAfter: 1, failsAt: 'q'), part).Run(cancellation: TestContext.Current.CancellationToken));
            new TextJob(new LetterTask(failsAt: 'q'), part).Run(cancellation: TestContext.Current.CancellationToken);
        }

        JobMerge.Run(new LetterTask(failsAt: 'q'), options, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Files(), folder.Files());
    }

    [Theory]
    [InlineData("out.jsonl", RowLayout.Text)]
    [InlineData("out.csv", RowLayout.Text)]
    [InlineData("out.parquet", RowLayout.Text)]
    [InlineData("out.jsonl", RowLayout.Part)]
    [InlineData("out.parquet", RowLayout.Part)]
    public void What_the_shards_wrote_down_is_enough(string output, RowLayout layout)
    {
        const string rows = """
            {"id": "a", "text": "abc", "page": 1}
            {"id": "b", "text": "", "page": 2}
            {"id": "a", "text": "de", "page": 3}
            """;
        using var whole = new JobFolder();
        new TextJob(new LettersTask(), Asked(whole)).Run(cancellation: TestContext.Current.CancellationToken);

        using var folder = new JobFolder();
        foreach (var shard in (int[])[1, 0])
        {
            new TextJob(new LettersTask(), Asked(folder) with { Shard = new Shard(shard, 2) }).Run(cancellation: TestContext.Current.CancellationToken);
        }

        var summary = JobMerge.Run(folder.Path(output), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(whole.Files(), folder.Files());
        Assert.Equal((3, 2), (summary.Rows, summary.Failed));
        var again = JobMerge.Run(folder.Path(output), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((3, 2, 3), (again.Rows, again.Failed, again.RowsBefore));

        TextJobOptions Asked(JobFolder where) => where.Options(where.Input("rows.jsonl", rows), output) with
        {
            Fields = new RowFields(null, "id", ["page"]),
            Layout = layout,
            Limits = new RowLimits(UnitBytes: 32),
        };
    }

    [Fact]
    public void A_plan_without_rows_or_of_another_version_is_refused()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(20, seed: 1)) with { Shard = new Shard(0, 2) };
        new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
        var path = folder.Path("out.jsonl.partial/plan.json");
        var plan = JsonNode.Parse(File.ReadAllText(path))!;
        plan.AsObject().Remove("rows");
        Assert.Equal("JobDamaged", Refused(plan));
        plan["rows"] = new JsonObject { ["task"] = "letters" };
        Assert.Equal("JobDamaged", Refused(plan));
        plan["job"]!["gptx"] = "0.0.1";
        plan.AsObject().Remove("rows");
        Assert.Equal("JobDiffers", Refused(plan));

        string Refused(JsonNode changed)
        {
            File.WriteAllText(path, changed.ToJsonString());
            return Assert.Throws<GptxException>(() => JobMerge.Run(folder.Path("out.jsonl"), cancellation: TestContext.Current.CancellationToken)).ErrorId;
        }
    }

    [Theory]
    [InlineData("0/3", 0)]
    [InlineData("auto/3", 2)]
    public void A_shard_is_named_or_comes_from_the_engine(string text, int index) =>
        Assert.Equal(new Shard(index, 3), Shard.Parse(text, name => name == "SLURM_ARRAY_TASK_ID" ? "2" : null));

    [Theory]
    [InlineData("3/3")]
    [InlineData("1/0")]
    [InlineData("-1/3")]
    [InlineData("auto/2")]
    [InlineData("one/3")]
    [InlineData("3")]
    public void A_shard_that_is_none_is_refused(string text) => Assert.Equal(
        "ShardInvalid", Assert.Throws<GptxException>(() => Shard.Parse(text, name => name == "SLURM_ARRAY_TASK_ID" ? "2" : null)).ErrorId);

    [Fact]
    public void Machines_that_differ_are_named()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(100, seed: 1));
        string[] devices = ["cpu", "cuda:0"];
        foreach (var (shard, device) in devices.Index())
        {
            new TextJob(new OnDevice(new LetterTask(), device), options with { Shard = new Shard(shard, 2) }).Run(cancellation: TestContext.Current.CancellationToken);
        }

        var summary = JobMerge.Run(options.Output, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(2, summary.Machines.Count);
        Assert.Contains(summary.Machines, machine => machine.StartsWith("cuda:0, ", StringComparison.Ordinal));
        Assert.Contains("2 kinds of machines", JobReport.Of(options.Output, null, summary, TimeSpan.FromSeconds(1), JobStatus.Done).ToString(), StringComparison.Ordinal);
    }

    /// <summary>A task that says that it computes elsewhere.</summary>
    private sealed class OnDevice(IRowTask task, string device) : IRowTask
    {
        public string Name => task.Name;

        public IReadOnlyList<RowColumn> Columns => task.Columns;

        public IReadOnlyList<KeyValuePair<string, string>> Settings => task.Settings;

        public string ModelHash => task.ModelHash;

        public string Device => device;

        public TokenSequence Read(SourceRow row) => task.Read(row);

        public IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation) => task.Compute(rows, cancellation);
    }
}
