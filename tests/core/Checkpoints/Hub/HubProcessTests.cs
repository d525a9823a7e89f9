using System.Diagnostics;
using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>
/// Many processes at once, and processes that are killed. A few of them always; as many as the design asks for with GPTX_FAULTS=1:
/// <c>GPTX_FAULTS=1 dotnet test tests -c Release --filter Category=Faults</c>.
/// </summary>
public sealed class HubProcessTests : IDisposable
{
    private const string Variable = "GPTX_FAULTS";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new FakeHub().WithModel("org/model", 2_000_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public Task Eight_processes_make_one_download() => PullAtOnce(8);

    [Fact]
    [Trait("Category", "Faults")]
    public Task A_hundred_processes_make_one_download()
    {
        SkipUnlessAsked();
        return PullAtOnce(100);
    }

    [Fact]
    public Task Killed_at_ten_moments_the_next_pull_ends_right() => KillAt(10);

    [Fact]
    [Trait("Category", "Faults")]
    public Task Killed_at_two_hundred_moments_the_next_pull_ends_right()
    {
        SkipUnlessAsked();
        return KillAt(200);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public async Task A_full_disk_is_told_and_nothing_is_left()
    {
        SkipUnlessAsked();
        using var disk = Mount.Of(_folder["disk"], "size=1m");
        var settings = _hub.Settings(_folder["disk/hub"]);
        Assert.Equal("HubDiskFull", (await Refused(settings)).ErrorId); // told before: the disk is too small
        _hub.Lie = (request, honest) =>
        {
            // Now the disk fills while the download runs: another writes to it.
            if (request.Path.StartsWith("/lfs/", StringComparison.Ordinal) && !File.Exists(_folder["disk/other"]))
            {
                File.WriteAllBytes(_folder["disk/other"], new byte[2_300_000]);
            }

            return honest;
        };
        disk.Remount("size=4m");
        var error = await Refused(settings);
        Assert.Equal("HubDiskFull", error.ErrorId);
        Refusal.AssertPresentable(error);
        CacheFolder.AssertClean(_folder.Path);
        Assert.Null(new HubAccess { Settings = () => settings }.FindCached(HubModelName.Parse("org/model")));
        File.Delete(_folder["disk/other"]);
        _hub.Lie = null;
        await Pull(settings);
        AssertWhole(settings);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public async Task A_cache_that_cannot_be_written_serves_what_it_has_and_refuses_the_rest()
    {
        SkipUnlessAsked();
        using var disk = Mount.Of(_folder["disk"], "size=8m");
        var settings = _hub.Settings(_folder["disk/hub"]);
        await Pull(settings);
        disk.Remount("ro");
        var before = CacheFolder.Contents(_folder.Path);
        AssertWhole(settings);
        await Pull(settings); // all is there: nothing need be written
        _hub.With("org/other", ("config.json", "{ }"), ("model.safetensors", "weights"));
        using var client = new HubClient(settings);
        var error = await Assert.ThrowsAsync<GptxException>(() => client.PlanAsync(HubModelName.Parse("org/other"), ModelPart.Model, Cancellation));
        Assert.Equal("HubCacheNotWritable", error.ErrorId);
        Refusal.AssertPresentable(error);
        Assert.Equal(before, CacheFolder.Contents(_folder.Path));
    }

    private static void SkipUnlessAsked() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }, $"takes minutes, and the disks of two tests take root: set {Variable}=1 to run it");

    private async Task PullAtOnce(int count)
    {
        _hub.Lie = (request, honest) => request.Path.StartsWith("/lfs/", StringComparison.Ordinal) ? honest with { Pace = TimeSpan.FromMilliseconds(10) } : honest;
        var clock = Stopwatch.StartNew();
        var processes = Enumerable.Range(0, count).Select(_ => PullProcess.Start(_hub, _folder["hub"])).ToList();
        var ends = await Task.WhenAll(processes.Select(PullProcess.End));
        processes.ForEach(process => process.Dispose());
        Assert.All(ends, end => Assert.True(end.Code == 0, end.Error));
        foreach (var (name, file) in _hub.Commits[FakeHub.Commit].Where(entry => entry.Key is "config.json" or "tokenizer.json" or "model.safetensors"))
        {
            Assert.Equal(1, _hub.Downloads(file.IsLarge ? "/lfs/" : $"/{name}"));
        }

        AssertWhole(_hub.Settings(_folder["hub"]));
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} processes in {clock.Elapsed.TotalSeconds:0.0} s, {_hub.Requests.Count()} requests");
    }

    private async Task KillAt(int moments)
    {
        _hub.Lie = (request, honest) => request.Method == "GET" && request.Path.StartsWith("/lfs/", StringComparison.Ordinal) ? honest with { Pace = TimeSpan.FromMilliseconds(8) } : honest;
        var random = new Random(2026);
        var (killed, inPart) = (0, 0);
        for (var moment = 0; moment < moments; moment++)
        {
            var cache = _folder[$"hub{moment}"];
            var settings = _hub.Settings(cache);
            using (var process = PullProcess.Start(_hub, cache))
            {
                await UntilSome(random, process);
                killed += process.HasExited ? 0 : 1;
                process.Kill();
                await process.WaitForExitAsync(Cancellation);
            }

            AssertNothingHalfWritten(settings);
            inPart += CacheFolder.Contents(cache).Keys.Any(name => name.EndsWith(".incomplete", StringComparison.Ordinal)) ? 1 : 0;
            await Pull(settings);
            AssertWhole(settings);
            Directory.Delete(cache, recursive: true);
        }

        Assert.True(killed > moments / 2, $"only {killed} of {moments} were killed before they ended");
        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} of {moments} were killed before they ended, {inPart} with a file in part");
    }

    /// <summary>Waits until some moment of the process: of its start one time in five, else of its pull, of which any request may be the last.</summary>
    private async Task UntilSome(Random random, Process process)
    {
        var before = _hub.Requests.Count();
        var last = random.Next(5) == 0 ? 0 : random.Next(1, 12); // 2 for the list, a head and a body for each of 3 files, and the body of the weights takes longest
        while (_hub.Requests.Count() - before < Math.Min(last, 8) && !process.HasExited)
        {
            await Task.Delay(1, Cancellation);
        }

        await Task.Delay(random.Next(0, 150), Cancellation);
    }

    /// <summary>Whatever bears a final name is whole: blobs, files of snapshots; and a ref leads to a model that is all there.</summary>
    private void AssertNothingHalfWritten(HubSettings settings)
    {
        var model = Path.Join(settings.Cache, "models--org--model");
        var files = _hub.Commits[FakeHub.Commit];
        foreach (var path in Directory.Exists(model) ? Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories) : [])
        {
            var name = Path.GetFileName(path);
            if (Path.GetFileName(Path.GetDirectoryName(path)) == "blobs" && !name.EndsWith(".incomplete", StringComparison.Ordinal))
            {
                Assert.Equal(files.Values.Single(file => file.Etag == name).Content.ToArray(), File.ReadAllBytes(path));
            }

            if (path.Contains("snapshots", StringComparison.Ordinal) && !name.EndsWith(".tmp", StringComparison.Ordinal))
            {
                Assert.Equal(files[name].Content.ToArray(), File.ReadAllBytes(path));
            }
        }

        if (File.Exists(Path.Join(model, "refs", "main")))
        {
            AssertWhole(settings);
        }
    }

    private void AssertWhole(HubSettings settings)
    {
        var folder = new HubAccess { Settings = () => settings }.FindCached(HubModelName.Parse("org/model"));
        Assert.NotNull(folder);
        Assert.All(((string[])["config.json", "tokenizer.json", "model.safetensors"]), name => Assert.Equal(_hub.Commits[FakeHub.Commit][name].Content.ToArray(), File.ReadAllBytes(Path.Join(folder, name))));
        Assert.DoesNotContain(CacheFolder.Contents(settings.Cache).Keys, name => name.EndsWith(".incomplete", StringComparison.Ordinal));
    }

    private static Task<GptxException> Refused(HubSettings settings) => Assert.ThrowsAsync<GptxException>(() => Pull(settings));

    private static async Task<PulledModel> Pull(HubSettings settings)
    {
        using var client = new HubClient(settings);
        var model = HubModelName.Parse("org/model");
        return await client.PullAsync(model, await client.PlanAsync(model, ModelPart.Model, Cancellation), null, Cancellation);
    }

    /// <summary>A disk of its own in memory.</summary>
    private sealed class Mount : IDisposable
    {
        private readonly string _folder;

        private Mount(string folder) => _folder = folder;

        public static Mount Of(string folder, string options)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "mounts a tmpfs");
            Directory.CreateDirectory(folder);
            Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder), "a tmpfs cannot be mounted here: that takes root");
            return new Mount(folder);
        }

        public void Remount(string options) => Assert.True(Run("mount", "-o", $"remount,{options}", _folder));

        public void Dispose() => Run("umount", _folder);

        private static bool Run(params string[] command)
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
