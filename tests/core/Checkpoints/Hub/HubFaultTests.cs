using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>A hub that breaks, and one that lies in each way: what can be mended is mended, the rest is one clear line, and nothing is left.</summary>
public sealed class HubFaultTests : IDisposable
{
    private const string Model = "org/model";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeHub _hub = new FakeHub().WithModel(Model);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Cut_in_the_middle_it_goes_on_where_it_was()
    {
        var cuts = 0;
        _hub.Lie = (request, honest) => IsWeights(request) && cuts++ < 3 ? honest with { CutAfter = 70_000 } : honest;
        await Pull();
        AssertWhole();
        Assert.Contains(_hub.Requests, request => IsWeights(request) && request.RangeFrom is > 0);
    }

    [Fact]
    public async Task Cut_again_and_again_it_gives_up_and_the_next_pull_goes_on()
    {
        _hub.Lie = (request, honest) => IsWeights(request) ? honest with { CutAfter = 1000 } : honest;
        await Refused("HubDownloadBroken");
        Assert.False(IsUsable());
        _hub.Lie = null;
        await Pull();
        AssertWhole();
        Assert.Contains(_hub.Requests, request => IsWeights(request) && request.RangeFrom >= 5000);
    }

    [Fact]
    public async Task A_short_body_with_an_honest_length_is_not_taken_for_all()
    {
        _hub.Lie = (request, honest) => IsWeights(request) ? honest with { ClaimedLength = honest.Body.Length, Body = honest.Body[..^1], CutAfter = 299_999 } : honest;
        await Refused("HubDownloadBroken", "HubLengthWrong");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_wrong_length_is_refused(int difference)
    {
        _hub.Lie = (request, honest) => IsWeights(request) ? honest with { Body = new byte[honest.Body.Length + difference] } : honest;
        await Refused("HubLengthWrong");
        CacheFolder.AssertClean(_folder.Path);
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_and_nothing_of_it_is_kept()
    {
        _hub.Lie = (request, honest) => IsWeights(request) ? honest with { Body = new byte[honest.Body.Length] } : honest;
        await Refused("HubHashWrong");
        CacheFolder.AssertClean(_folder.Path);
        Assert.False(IsUsable());
    }

    [Fact]
    public async Task A_small_file_with_a_wrong_hash_is_refused()
    {
        _hub.Lie = (request, honest) => request is { Method: "GET" } && request.Path.EndsWith("config.json", StringComparison.Ordinal) ? honest with { Body = new byte[honest.Body.Length] } : honest;
        await Refused("HubHashWrong");
    }

    [Fact]
    public async Task What_an_earlier_pull_left_is_checked_and_thrown_away_where_it_is_wrong()
    {
        var blob = Blob();
        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        await File.WriteAllBytesAsync(blob + ".incomplete", new byte[100_000], Cancellation);
        await Pull();
        AssertWhole();
        Assert.Contains(_hub.Requests, request => IsWeights(request) && request.RangeFrom == 100_000);
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(400_000)]
    public async Task A_part_that_is_as_long_as_all_or_longer_is_no_trap(int length)
    {
        var blob = Blob();
        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        await File.WriteAllBytesAsync(blob + ".incomplete", new byte[length], Cancellation);
        await Pull();
        AssertWhole();
    }

    [Fact]
    public async Task A_range_that_is_refused_begins_again()
    {
        _hub.Lie = (request, honest) => IsWeights(request) && request.RangeFrom is > 0 ? FakeHub.Text(416, "") : IsWeights(request) && _hub.Downloads("/lfs/") == 1 ? honest with { CutAfter = 70_000 } : honest;
        await Pull();
        AssertWhole();
    }

    [Fact]
    public async Task A_server_without_ranges_is_read_from_the_beginning()
    {
        _hub.Lie = (request, honest) => IsWeights(request)
            ? Whole() with { CutAfter = _hub.Downloads("/lfs/") == 1 ? 70_000 : null }
            : honest;
        await Pull();
        AssertWhole();
    }

    [Fact]
    public async Task Another_range_than_was_asked_for_is_refused()
    {
        _hub.Lie = (request, honest) => IsWeights(request) && request.RangeFrom is > 0
            ? FakeHub.Text(206, "", ("Content-Range", "bytes 5-299999/300000")) with { Body = Whole().Body[5..] }
            : IsWeights(request) ? honest with { CutAfter = 70_000 } : honest;
        await Refused("HubLengthWrong");
    }

    [Fact]
    public async Task A_416_to_the_whole_file_is_no_endless_loop()
    {
        _hub.Lie = (request, honest) => IsWeights(request) ? FakeHub.Text(416, "") : honest;
        await Refused("HubAnswerWrong");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task An_error_in_passing_is_tried_again(int status)
    {
        var times = 0;
        _hub.Lie = (_, honest) => times++ < 3 ? FakeHub.Text(status, "") : honest;
        await Pull();
        AssertWhole();
    }

    [Theory]
    [InlineData(500, "HubUnavailable")]
    [InlineData(429, "HubTooManyRequests")]
    public async Task An_error_that_stays_is_told(int status, string errorId)
    {
        _hub.Lie = (_, _) => FakeHub.Text(status, "");
        await Refused(errorId);
        Assert.Equal(5, _hub.Requests.Count());
    }

    [Fact]
    public async Task Who_asks_to_wait_is_waited_for_within_bounds()
    {
        var clock = new ImpatientClock();
        var times = 0;
        _hub.Lie = (_, honest) => times++ == 0 ? FakeHub.Text(429, "", ("Retry-After", "17")) : honest;
        await Pull(Settings with { Clock = clock });
        Assert.Contains(TimeSpan.FromSeconds(17), clock.Waits);
        _folder.Write("x", "");
        _hub.Lie = (_, _) => FakeHub.Text(429, "", ("Retry-After", "86400"));
        var before = _hub.Requests.Count();
        var error = await Refused("HubTooManyRequests");
        Assert.Contains("86400 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(before + 1, _hub.Requests.Count());
    }

    [Fact]
    public async Task An_endless_redirect_ends()
    {
        _hub.Lie = (request, _) => FakeHub.Text(302, "", ("Location", request.Path + "x"));
        await Refused("HubRedirectRefused");
        Assert.InRange(_hub.Requests.Count(), 2, 20);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    public async Task A_redirect_to_something_else_than_http_is_refused(string location)
    {
        _hub.Lie = (request, honest) => request.Method == "GET" ? FakeHub.Text(302, "", ("Location", location)) : honest;
        await Refused("HubRedirectRefused");
    }

    [Theory]
    [InlineData("../../../../evil")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("sub/../../evil")]
    [InlineData("..\\\\evil")]
    [InlineData("C:evil")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("a\\u0000b")]
    [InlineData("a\\nb")]
    public async Task A_file_outside_of_the_folder_is_refused(string name)
    {
        _hub.Lie = (request, honest) => request.Path.Contains("/tree/", StringComparison.Ordinal)
            ? FakeHub.Text(200, $$"""[{"type":"file","path":"{{name}}","size":3,"oid":"abc"},{"type":"file","path":"config.json","size":3,"oid":"abc"}]""")
            : honest;
        await Refused("HubFileNameUnsafe");
        Assert.Empty(CacheFolder.Contents(_folder.Path));
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task An_etag_that_is_a_path_is_refused(string etag)
    {
        _hub.Lie = (request, honest) =>
        {
            if (request.Method == "HEAD")
            {
                honest.Headers["ETag"] = $"\"{etag}\"";
                honest.Headers.Remove("X-Linked-ETag");
            }

            return honest;
        };
        await Refused("HubAnswerWrong");
    }

    [Theory]
    [InlineData("{\"sha\": \"../../evil\"}")]
    [InlineData("{\"sha\": 5}")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task An_answer_that_is_no_commit_is_refused(string text)
    {
        _hub.Lie = (request, honest) => request.Path.Contains("/revision/", StringComparison.Ordinal) ? FakeHub.Text(200, text) : honest;
        await Refused("HubAnswerWrong");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("[5]")]
    [InlineData("[{\"path\":\"a\",\"size\":-1,\"oid\":\"abc\"}]")]
    [InlineData("[{\"path\":\"a\",\"size\":1e99,\"oid\":\"abc\"}]")]
    [InlineData("[{\"path\":\"a\",\"size\":1,\"oid\":\"../x\"}]")]
    public async Task A_list_that_is_none_is_refused(string text)
    {
        _hub.Lie = (request, honest) => request.Path.Contains("/tree/", StringComparison.Ordinal) ? FakeHub.Text(200, text) : honest;
        await Refused("HubAnswerWrong");
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        var error = await Refused("HubUnreachable", Settings with { Endpoint = "http://127.0.0.1:1" });
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_says_nothing_is_not_waited_for_for_ever()
    {
        _hub.Lie = (request, honest) => IsWeights(request) ? honest with { Pace = TimeSpan.FromSeconds(30) } : honest;
        await Refused("HubUnreachable", Settings with { ReadTimeout = TimeSpan.FromMilliseconds(100), Retries = 1 });
    }

    [Fact]
    public async Task A_pull_that_is_cancelled_stops_and_the_next_goes_on()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _hub.Lie = (request, honest) =>
        {
            if (IsWeights(request))
            {
                stop.CancelAfter(100);
            }

            return IsWeights(request) ? honest with { Pace = TimeSpan.FromMilliseconds(60) } : honest;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pull(Settings, stop.Token));
        Assert.False(IsUsable());
        _hub.Lie = null;
        await Pull();
        AssertWhole();
    }

    [Fact]
    public async Task Offline_no_connection_is_opened()
    {
        await Refused("HubOffline", Settings with { Offline = true });
        Refusal.Expect("HubOffline", () => new HubAccess { Settings = () => Settings with { Offline = true } }.Find(HubModelName.Parse(Model)));
        Refusal.Expect("ModelNotCached", () => (HubAccess.CacheOnly with { Settings = () => Settings }).Find(HubModelName.Parse(Model)));
        Assert.Equal(0, _hub.Connections);
    }

    [Theory]
    [InlineData("org/other", "HubModelNotFound")]
    [InlineData("org/model@v9", "HubRevisionNotFound")]
    [InlineData("org/gated", "HubModelGated")]
    public async Task What_is_not_there_or_not_open_is_told(string name, string errorId)
    {
        _hub.Gated["org/gated"] = "hf_right";
        var error = await Refused(errorId, Settings, name);
        Assert.Equal(errorId == "HubModelGated", error.Message.Contains("accept its terms", StringComparison.Ordinal));
        Assert.Single(_hub.Requests);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_told()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may write anywhere; as another user a folder is made read-only here");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("a folder is made read-only by its mode");
            return;
        }

        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await Refused("HubCacheNotWritable");
        }
        finally
        {
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_file_where_the_cache_should_be_is_told() =>
        await Refused("HubCacheNotWritable", Settings with { Cache = Path.Join(_folder.Write("file", ""), "hub") });

    private HubSettings Settings => _hub.Settings(_folder["hub"]);

    private static bool IsWeights(HubRequest request) => request.Method == "GET" && request.Path.StartsWith("/lfs/", StringComparison.Ordinal);

    private HubReply Whole() => FakeHub.Text(200, "") with { Body = _hub.Commits[FakeHub.Commit]["model.safetensors"].Content };

    private string Blob() => Path.Join(_folder["hub"], "models--org--model", "blobs", _hub.Commits[FakeHub.Commit]["model.safetensors"].Sha256);

    private Task<PulledModel> Pull() => Pull(Settings);

    private static async Task<PulledModel> Pull(HubSettings settings, CancellationToken? cancellation = null, string name = Model)
    {
        using var client = new HubClient(settings);
        var model = HubModelName.Parse(name);
        return await client.PullAsync(model, await client.PlanAsync(model, ModelPart.Model, cancellation ?? Cancellation), null, cancellation ?? Cancellation);
    }

    private bool IsUsable() => new HubAccess { Settings = () => Settings }.FindCached(HubModelName.Parse(Model)) is not null;

    private void AssertWhole()
    {
        CacheFolder.AssertClean(_folder.Path);
        var folder = new HubAccess { Settings = () => Settings }.FindCached(HubModelName.Parse(Model));
        Assert.NotNull(folder);
        Assert.Equal(_hub.Commits[FakeHub.Commit]["model.safetensors"].Content.ToArray(), File.ReadAllBytes(Path.Join(folder, "model.safetensors")));
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private Task<GptxException> Refused(params string[] errorIds) => Refused(errorIds, Settings, Model);

    private static Task<GptxException> Refused(string errorId, HubSettings settings, string name = Model) => Refused([errorId], settings, name);

    private static async Task<GptxException> Refused(string[] errorIds, HubSettings settings, string name)
    {
        var error = await Assert.ThrowsAsync<GptxException>(() => Pull(settings, Cancellation, name));
        Assert.True(errorIds.Contains(error.ErrorId), $"{error.ErrorId}: {error.Message}");
        Refusal.AssertPresentable(error);
        return error;
    }
}
