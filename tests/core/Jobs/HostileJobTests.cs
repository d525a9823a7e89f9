using System.Buffers.Binary;
using System.IO.Hashing;
using Gptx.Jobs;

namespace Gptx.Tests.Jobs;

/// <summary>Jobs whose folder somebody else has written into, or taken away.</summary>
public class HostileJobTests
{
    [Fact]
    public void A_log_that_was_changed_anywhere_is_computed_again_or_refused()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(200, seed: 21)) with { Resume = true };
        new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
        var wanted = folder.Read("out.jsonl");
        Forget(folder);
        Assert.Throws<OperationCanceledException>(() => new TextJob(new LetterTask(stopAfter: 120), options).Run(cancellation: TestContext.Current.CancellationToken));
        var log = File.ReadAllBytes(folder.Path("out.jsonl.partial/0-of-1.log"));
        var plan = File.ReadAllBytes(folder.Path("out.jsonl.partial/plan.json"));
        var random = new Random(22);
        for (var round = 0; round < 30; round++)
        {
            // Where the beginning was changed nothing of the log counts, and the folder is gone.
            Directory.CreateDirectory(folder.Path("out.jsonl.partial"));
            File.WriteAllBytes(folder.Path("out.jsonl.partial/plan.json"), plan);
            var changed = log.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(folder.Path("out.jsonl.partial/0-of-1.log"), changed[..random.Next(changed.Length / 2, changed.Length + 1)]);
            Assert.Throws<OperationCanceledException>(() => new TextJob(new LetterTask(stopAfter: 0), options).Run(cancellation: TestContext.Current.CancellationToken));
        }

        new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(wanted, folder.Read("out.jsonl"));
    }

    [Fact]
    public void Whole_frames_that_are_none_of_ours_are_refused()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(100, seed: 23)) with { Resume = true };
        Assert.Throws<OperationCanceledException>(() => new TextJob(new LetterTask(stopAfter: 60), options).Run(cancellation: TestContext.Current.CancellationToken));
        var path = folder.Path("out.jsonl.partial/0-of-1.log");
        var log = File.ReadAllBytes(path);
        byte[] batch = [1, .. new byte[32], 0xFF, 0xFF, 0xFF, 0x7F];
        foreach (var frame in (byte[][])[[9], [1], [1, 2, 3], batch, [2, 0], [4, 1], []])
        {
            File.WriteAllBytes(path, [.. log, .. Framed(frame)]);
            var error = Checkpoints.Refusal.Expect("JobDamaged", () => new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken));
            Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"job\":[]}")]
    [InlineData("{\"job\":{\"task\":\"letters\",\"task\":\"letters\"},\"begun\":\"00000000-0000-0000-0000-000000000000\"}")]
    [InlineData("{\"job\":{\"task\":{}}}")]
    public void A_plan_that_is_none_is_refused(string plan)
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(50, seed: 24)) with { Resume = true };
        Assert.Throws<OperationCanceledException>(() => new TextJob(new LetterTask(stopAfter: 20), options).Run(cancellation: TestContext.Current.CancellationToken));
        File.WriteAllText(folder.Path("out.jsonl.partial/plan.json"), plan);
        Checkpoints.Refusal.Expect("JobDamaged", () => new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(50, new TextJob(new LetterTask(), options with { Resume = false, Force = true }).Run(cancellation: TestContext.Current.CancellationToken).Rows);
    }

    [Fact]
    public void A_folder_that_vanishes_is_one_error_and_the_job_begins_anew()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Lines(100, seed: 25)) with { Resume = true };
        var task = new VanishingTask(new LetterTask(), () => Directory.Delete(folder.Path("out.jsonl.partial"), recursive: true));
        var error = Assert.Throws<GptxException>(() => new TextJob(task, options).Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal((GptxErrorKind.OutputNotWritable, "OutputNotWritable"), (error.Kind, error.ErrorId));
        Assert.Equal(100, new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken).Rows);
    }

    [Fact]
    public void What_is_refused_leaves_nothing_behind()
    {
        using var folder = new JobFolder();
        var options = folder.Options(folder.Input("rows.csv", "id,texts\n1,a\n"));
        Assert.Equal("FieldMissing", Assert.Throws<GptxException>(() => new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken)).ErrorId);
        Assert.Equal(["rows.csv"], folder.Files().Keys);
        Assert.Equal(1, new TextJob(new LetterTask(), options with { Fields = new("texts", null, []) }).Run(cancellation: TestContext.Current.CancellationToken).Rows);
    }

    private static void Forget(JobFolder folder)
    {
        foreach (var file in folder.Files().Keys.Where(name => name.StartsWith("out", StringComparison.Ordinal)))
        {
            File.Delete(folder.Path(file));
        }
    }

    private static byte[] Framed(byte[] frame)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(header, frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), Crc32.HashToUInt32(frame));
        return [.. header, .. frame];
    }
}
