using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Jobs;
using Gptx.Jobs.Tasks;

namespace Gptx.Tests.Jobs;

/// <summary>A job's bytes depend on neither threads, shards nor stops.</summary>
public class SameBitsTests
{
    [Theory]
    [InlineData("embed", "embedded")]
    [InlineData("score", "embedded")]
    [InlineData("embed", "all-MiniLM-L6-v2")]
    public void Threads_shards_and_stops_change_no_bit(string command, string model)
    {
        var path = model == "embedded" ? model : Path.Join(GoldenRoot.RepositoryRoot, "..", "shared", "models", model);
        Assert.SkipWhen(path != model && !Directory.Exists(path), $"needs the folder {path}");
        using var folder = new JobFolder();
        var source = folder.Lines(90, seed: 31);
        var wanted = "";
        foreach (var threads in (int[])[1, 2])
        {
            using var opened = LanguageModel.Load(path, new LoadOptions { Device = Device.Cpu, Threads = threads });
            IRowTask task = command == "embed" ? new EmbedTask(opened, new TextEmbeddingOptions()) : new ScoreTask(opened, new ScoreOptions());
            foreach (var shards in (int[])[1, 2, 3, 7])
            {
                var options = folder.Options(source, $"{threads}-{shards}.jsonl") with { Threads = threads, Resume = true };
                for (var shard = 0; shard < shards; shard++)
                {
                    RunStopping(task, options with { Shard = new Shard(shard, shards) });
                }

                if (shards > 1)
                {
                    JobMerge.Run(task, options, TestContext.Current.CancellationToken);
                }

                var made = folder.Read($"{threads}-{shards}.jsonl");
                wanted = wanted.Length == 0 ? made : wanted;
                Assert.True(wanted == made, $"{threads} threads, {shards} shards: other bytes than 1 thread, 1 shard");
            }
        }

        Assert.True(wanted.Length > 5_000);
    }

    // Stops after some batches, as often as it takes.
    private static void RunStopping(IRowTask task, TextJobOptions options)
    {
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var progress = new StopAfter(options.Shard.IsPart ? 2 : 5, stop);
            try
            {
                new TextJob(task, options).Run(progress, stop.Token);
                return;
            }
            catch (OperationCanceledException) when (progress.HasStopped)
            {
                // goes on
            }
        }
    }

    private sealed class StopAfter(int batches, CancellationTokenSource stop) : IProgress<JobProgress>
    {
        private int _seen;

        public bool HasStopped => _seen >= batches;

        public void Report(JobProgress value)
        {
            if (++_seen == batches)
            {
                stop.Cancel();
            }
        }
    }
}
