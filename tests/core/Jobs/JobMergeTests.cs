using Gptx.Jobs;

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
}
