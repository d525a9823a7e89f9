using System.Formats.Tar;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>
/// golden/hub: what huggingface_hub asked a hub for, step by step, and the cache that it left. That cache is read here as it is; and the same steps,
/// against a server that answers alike, leave the same files, links and marks.
/// </summary>
[Trait("Category", "Golden")]
public sealed partial class GoldenHubTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_steps_leave_the_same_cache()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        foreach (var golden in Cases())
        {
            using var work = new TemporaryFolder();
            using var unpacked = Unpack(golden);
            var record = Record.Read(golden);
            using var hub = record.Serve(unpacked["hub"]);
            foreach (var step in record.Steps)
            {
                await Replay(step, hub, work.Path, useLinks: true);
                Assert.Equal(step.FilesAfter, Listing(work.Path));
            }

            Assert.Equal(CacheFolder.Contents(unpacked.Path), CacheFolder.Contents(work.Path));
        }
    }

    [Fact]
    public async Task Without_links_snapshots_hold_the_files()
    {
        foreach (var golden in Cases())
        {
            using var work = new TemporaryFolder();
            using var unpacked = Unpack(golden);
            var record = Record.Read(golden);
            using var hub = record.Serve(unpacked["hub"]);
            foreach (var step in record.Steps)
            {
                await Replay(step, hub, work.Path, useLinks: false);
            }

            var (theirs, ours) = (CacheFolder.Contents(unpacked.Path), CacheFolder.Contents(work.Path));
            Assert.DoesNotContain(ours.Values, content => content.StartsWith("->", StringComparison.Ordinal));
            foreach (var (name, content) in theirs.Where(entry => !entry.Key.Contains("/blobs/", StringComparison.Ordinal)))
            {
                Assert.Equal(content.StartsWith("->", StringComparison.Ordinal) ? Convert.ToHexString(File.ReadAllBytes(unpacked[name])) : content, ours[name]);
            }
        }
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_nowhere_else()
    {
        foreach (var golden in Cases())
        {
            using var work = new TemporaryFolder();
            using var unpacked = Unpack(golden);
            var record = Record.Read(golden);
            using var hub = record.Serve(unpacked["hub"]);
            foreach (var step in record.Steps.Where(step => step.Token is not null))
            {
                var before = hub.Requests.Count();
                await Replay(step, hub, work.Path, useLinks: true);
                var asked = hub.Requests.ToList();
                Assert.Contains(asked, request => request.Host != hub.StoreHost && request.Authorization == $"Bearer {step.Token}");
                Assert.All(asked.Where(request => request.Host == hub.StoreHost), request => Assert.Null(request.Authorization));
                Assert.True(asked.Count > before);
            }
        }
    }

    [Fact]
    public async Task A_cache_that_Python_left_is_read_as_it_is_and_offline()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        foreach (var golden in Cases())
        {
            using var unpacked = Unpack(golden);
            var before = CacheFolder.Contents(unpacked.Path);
            var record = Record.Read(golden);
            using var watcher = new FakeHub();
            var settings = watcher.Settings(unpacked["hub"]) with { Offline = true };
            using var client = new HubClient(settings);
            foreach (var step in record.Steps.Where(step => step.File is null && step.Result.StartsWith("hub/", StringComparison.Ordinal)))
            {
                var plan = await client.PlanAsync(step.Model, ModelPart.Everything, Cancellation);
                Assert.Equal((0, 0L), (plan.MissingFiles, plan.MissingBytes));
                Assert.Equal(unpacked[step.Result], (await client.PullAsync(step.Model, plan, null, Cancellation)).Path);
                Assert.Equal(unpacked[step.Result], HubAccess.CacheOnly with { Settings = () => settings } is var access ? access.FindCached(step.Model, ModelPart.Everything) : null);
            }

            var listed = CachedModels.List(settings);
            Assert.NotEmpty(listed);
            Assert.Equal(
                record.Refs.Where(entry => listed.Any(model => model.Revisions.Contains(entry.Key))).Select(entry => entry.Value).Distinct().Order(),
                listed.Where(model => model.Revisions.Count > 0).Select(model => model.Commit).Distinct().Order());
            Assert.Equal(0, watcher.Connections);
            Assert.Equal(before, CacheFolder.Contents(unpacked.Path));
        }
    }

    private static IEnumerable<string> Cases() =>
        GoldenRoot.CaseFolders("hub").Prepend(GoldenRoot.Folder("hub")).Where(folder => File.Exists(Path.Join(folder, "requests.json")));

    private static TemporaryFolder Unpack(string golden)
    {
        var folder = new TemporaryFolder();
        TarFile.ExtractToDirectory(Path.Join(golden, "cache.tar"), folder.Path, overwriteFiles: false);
        return folder;
    }

    private static async Task Replay(Step step, FakeHub hub, string root, bool useLinks)
    {
        var settings = hub.Settings(Path.Join(root, "hub")) with { UseLinks = useLinks, Offline = step.IsLocal, Token = () => HubToken.From(step.Token) };
        using var client = new HubClient(settings);
        try
        {
            var path = step.File is { } file
                ? await client.DownloadFileAsync(step.Model, file, step.Force, Cancellation)
                : (await client.PullAsync(step.Model, await client.PlanAsync(step.Model, ModelPart.Everything, Cancellation), null, Cancellation)).Path;
            Assert.Equal(Path.Join(root, step.Result), path);
        }
        catch (GptxException error)
        {
            Assert.Equal(step.Result, error.ErrorId switch
            {
                "HubFileNotFound" => "RemoteEntryNotFoundError",
                "HubModelNotFound" => "RepositoryNotFoundError",
                "HubModelGated" => "GatedRepoError",
                "HubRevisionNotFound" => "RevisionNotFoundError",
                "HubOffline" => "LocalEntryNotFoundError",
                var other => $"{other}: {error.Message}",
            });
            Refusal.AssertPresentable(error);
            Assert.DoesNotContain(step.Token ?? "no token", error.ToString(), StringComparison.Ordinal);
        }
    }

    private static List<string> Listing(string root) =>
    [
        .. CacheFolder.Contents(root).Select(entry => entry.Value.StartsWith("->", StringComparison.Ordinal) ? $"{entry.Key} {entry.Value}" : $"{entry.Key} {entry.Value.Length / 2}"),
    ];

    /// <summary>A call of huggingface_hub, and what it left.</summary>
    private sealed record Step(HubModelName Model, string? File, bool Force, bool IsLocal, string? Token, string Result, List<string> FilesAfter);

    /// <summary>A requests.json.</summary>
    private sealed partial record Record(IReadOnlyDictionary<string, string> Refs, IReadOnlyList<Step> Steps, JsonElement Json)
    {
        public static Record Read(string golden)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Join(golden, "requests.json")));
            var json = document.RootElement.Clone();
            return new Record(
                json.GetProperty("refs").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal),
                [.. json.GetProperty("steps").EnumerateArray().Select(StepOf)],
                json);
        }

        /// <summary>A hub with the files of the cache, that refuses what the recorded one refused.</summary>
        public FakeHub Serve(string cache)
        {
            var hub = new FakeHub();
            foreach (var model in Directory.EnumerateDirectories(cache, "models--*"))
            {
                hub.Revisions[Path.GetFileName(model)["models--".Length..].Replace("--", "/", StringComparison.Ordinal)] = new(Refs, StringComparer.Ordinal);
                foreach (var snapshot in Directory.EnumerateDirectories(Path.Join(model, "snapshots")))
                {
                    hub.Commits[Path.GetFileName(snapshot)] = Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories).ToDictionary(
                        path => Path.GetRelativePath(snapshot, path).Replace(Path.DirectorySeparatorChar, '/'),
                        path => new FakeFile(File.ReadAllBytes(path), Path.GetFileName(new FileInfo(path).LinkTarget!).Length == 64),
                        StringComparer.Ordinal);
                }
            }

            var refusals = Json.GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("requests").EnumerateArray())
                .Where(request => request.GetProperty("status").GetInt32() >= 400)
                .DistinctBy(request => request.GetProperty("path").GetString())
                .ToDictionary(request => request.GetProperty("path").GetString()!, StringComparer.Ordinal);
            hub.Lie = (request, honest) => refusals.TryGetValue(request.Path, out var recorded) ? Recorded(recorded) : honest;
            return hub;
        }

        private static HubReply Recorded(JsonElement request) => FakeHub.Text(
            request.GetProperty("status").GetInt32(),
            "",
            [.. request.GetProperty("response").EnumerateObject().Where(header => header.Name.StartsWith("X-", StringComparison.Ordinal)).Select(header => (header.Name, header.Value.GetString()!))]);

        private static Step StepOf(JsonElement step)
        {
            var call = Call().Match(step.GetProperty("call").GetString()!);
            Assert.True(call.Success, $"{step.GetProperty("call")} is a call that this test does not know");
            var named = Named().Matches(call.Groups["named"].Value).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim('\''), StringComparer.Ordinal);
            var after = step.GetProperty("files_after").EnumerateArray().Select(file =>
                $"{file.GetProperty("path").GetString()} {(file.TryGetProperty("link", out var link) ? $"-> {link.GetString()}" : file.GetProperty("size").ToString())}");
            return new Step(
                new HubModelName(call.Groups["id"].Value, named.GetValueOrDefault("revision")),
                call.Groups["file"] is { Success: true, Value: var file } ? file : null,
                named.GetValueOrDefault("force_download") == "True",
                named.GetValueOrDefault("local_files_only") == "True",
                named.GetValueOrDefault("token"),
                step.GetProperty("result").GetString()!,
                [.. after.Order(StringComparer.Ordinal)]);
        }

        [GeneratedRegex(@"^(hf_hub_download|snapshot_download)\('(?<id>[^']+)'(, '(?<file>[^']+)')?(?<named>(, \w+=[^,)]+)*)\)( again)?$", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Call();

        [GeneratedRegex(@"(?<name>\w+)=(?<value>'[^']*'|\w+)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Named();
    }
}
