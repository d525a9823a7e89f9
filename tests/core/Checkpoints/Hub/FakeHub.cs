using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gptx.Checkpoints.Hub;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>A file on the fake hub; a large one is stored elsewhere, and named by its SHA-256.</summary>
internal sealed record FakeFile(ReadOnlyMemory<byte> Content, bool IsLarge)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content.Span));

    public string GitHash { get; } = Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {Content.Length}\0"), .. Content.Span]));

    public string Etag => IsLarge ? Sha256 : GitHash;
}

/// <summary>
/// A hub on loopback that answers as golden/hub/requests.json shows, with a second host for large files; and that lies where a test wants it to.
/// </summary>
internal sealed partial class FakeHub : IDisposable
{
    public const string Commit = "c0ffee0000000000000000000000000000000001";

    private readonly LoopbackServer _hub;
    private readonly LoopbackServer _store;

    public FakeHub()
    {
        _hub = new LoopbackServer(request => Lie?.Invoke(request, Honest(request)) ?? Honest(request));
        _store = new LoopbackServer(request => Lie?.Invoke(request, Stored(request)) ?? Stored(request));
    }

    public string Address => _hub.Address;

    public string StoreHost => _store.Host;

    /// <summary>The revisions of each model.</summary>
    public Dictionary<string, Dictionary<string, string>> Revisions { get; } = new(StringComparer.Ordinal);

    /// <summary>The files of each commit.</summary>
    public Dictionary<string, Dictionary<string, FakeFile>> Commits { get; } = new(StringComparer.Ordinal);

    /// <summary>Models that want a token, and the token that opens them.</summary>
    public Dictionary<string, string> Gated { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes another answer of an honest one.</summary>
    public Func<HubRequest, HubReply, HubReply>? Lie { get; set; }

    public IEnumerable<HubRequest> Requests => _hub.Requests.Concat(_store.Requests);

    public int Connections => _hub.Connections + _store.Connections;

    /// <summary>A model with one commit, called main.</summary>
    public FakeHub With(string id, params (string Name, string Content)[] files)
    {
        Revisions[id] = new(StringComparer.Ordinal) { ["main"] = Commit };
        Commits[Commit] = files.ToDictionary(file => file.Name, file => new FakeFile(Encoding.UTF8.GetBytes(file.Content), file.Name.EndsWith(".safetensors", StringComparison.Ordinal)), StringComparer.Ordinal);
        return this;
    }

    /// <summary>A model with a config and weights of a size.</summary>
    public FakeHub WithModel(string id, int weightBytes = 300_000)
    {
        With(id, ("config.json", "{\"model_type\": \"gpt2\"}"), ("tokenizer.json", "{}"), ("README.md", "# a model"), ("pytorch_model.bin", "a pickle"));
        var weights = new byte[weightBytes];
        new Random(7).NextBytes(weights);
        Commits[Commit]["model.safetensors"] = new FakeFile(weights, IsLarge: true);
        return this;
    }

    public HubSettings Settings(string cache) => new() { Cache = cache, Endpoint = Address, Clock = new ImpatientClock() };

    public int Downloads(string path) => Requests.Count(request => request.Method == "GET" && request.Path.Contains(path, StringComparison.Ordinal));

    public void Dispose()
    {
        _hub.Dispose();
        _store.Dispose();
    }

    public static HubReply Text(int status, string text, params (string Name, string Value)[] headers) =>
        new(status, headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal), Encoding.UTF8.GetBytes(text));

    private HubReply Honest(HubRequest request)
    {
        var path = Uri.UnescapeDataString(request.Path);
        if (RevisionPath().Match(path) is { Success: true } revision)
        {
            return Find(revision, request, out var commit, out _) is { } refused ? refused : Text(200, $"{{\"id\":\"{revision.Groups["id"].Value}\",\"sha\":\"{commit}\"}}");
        }

        if (TreePath().Match(path) is { Success: true } tree)
        {
            return Find(tree, request, out _, out var files) is { } refused ? refused : Text(200, Listing(files!));
        }

        if (FilePath().Match(path) is { Success: true } file)
        {
            return Find(file, request, out var commit, out var files) is { } refused ? refused : OfFile(request, file.Groups["file"].Value, commit!, files!);
        }

        return Text(404, "");
    }

    private HubReply? Find(Match match, HubRequest request, out string? commit, out Dictionary<string, FakeFile>? files)
    {
        (commit, files) = (null, null);
        var id = match.Groups["id"].Value;
        if (Gated.TryGetValue(id, out var token) && request.Authorization != $"Bearer {token}")
        {
            return Text(request.Authorization is null ? 401 : 403, "", ("X-Error-Code", "GatedRepo"), ("X-Error-Message", $"Access to model {id} is restricted"));
        }

        if (!Revisions.TryGetValue(id, out var revisions))
        {
            return Text(404, "", ("X-Error-Code", "RepoNotFound"), ("X-Error-Message", "Repository not found"));
        }

        var revision = match.Groups["revision"].Value;
        commit = revisions.GetValueOrDefault(revision) ?? (revisions.ContainsValue(revision) ? revision : null);
        if (commit is null)
        {
            return Text(404, "", ("X-Error-Code", "RevisionNotFound"), ("X-Error-Message", "Invalid rev id"));
        }

        files = Commits[commit];
        return null;
    }

    private HubReply OfFile(HubRequest request, string name, string commit, Dictionary<string, FakeFile> files)
    {
        if (!files.TryGetValue(name, out var file))
        {
            return Text(404, "Entry not found", ("X-Error-Code", "EntryNotFound"), ("X-Error-Message", "Entry not found"), ("X-Repo-Commit", commit));
        }

        return file.IsLarge
            ? Text(302, "", ("Location", $"{_store.Address}/lfs/{file.Sha256}"), ("X-Repo-Commit", commit), ("X-Linked-Size", $"{file.Content.Length}"), ("X-Linked-ETag", $"\"{file.Sha256}\""))
            : Ranged(request, file, ("X-Repo-Commit", commit), ("ETag", $"\"{file.GitHash}\""));
    }

    private HubReply Stored(HubRequest request) =>
        Commits.Values.SelectMany(files => files.Values).FirstOrDefault(file => file.IsLarge && request.Path == $"/lfs/{file.Sha256}") is { } found
            ? Ranged(request, found, ("ETag", $"\"{found.Sha256}\""))
            : Text(404, "");

    private static HubReply Ranged(HubRequest request, FakeFile file, params (string Name, string Value)[] headers)
    {
        var reply = Text(200, "", [.. headers, ("Accept-Ranges", "bytes")]) with { Body = file.Content };
        if (request.RangeFrom is not { } from)
        {
            return reply;
        }

        if (from >= file.Content.Length)
        {
            return Text(416, "", ("Content-Range", $"bytes */{file.Content.Length}"));
        }

        reply.Headers["Content-Range"] = $"bytes {from}-{file.Content.Length - 1}/{file.Content.Length}";
        return reply with { Status = 206, Body = file.Content[(int)from..] };
    }

    private static string Listing(Dictionary<string, FakeFile> files)
    {
        var list = new JsonArray();
        foreach (var folder in files.Keys.Where(name => name.Contains('/', StringComparison.Ordinal)).Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]).Distinct())
        {
            list.Add(new JsonObject { ["type"] = "directory", ["oid"] = "0", ["size"] = 0, ["path"] = folder });
        }

        foreach (var (name, file) in files)
        {
            var entry = new JsonObject { ["type"] = "file", ["oid"] = file.Etag, ["size"] = file.Content.Length, ["path"] = name };
            if (file.IsLarge)
            {
                entry["lfs"] = new JsonObject { ["oid"] = file.Sha256, ["size"] = file.Content.Length, ["pointerSize"] = 134 };
            }

            list.Add(entry);
        }

        return list.ToJsonString();
    }

    [GeneratedRegex("^/api/models/(?<id>[^/]+/[^/]+)/revision/(?<revision>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RevisionPath();

    [GeneratedRegex("^/api/models/(?<id>[^/]+/[^/]+)/tree/(?<revision>[^?]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TreePath();

    [GeneratedRegex("^/(?<id>[^/]+/[^/]+)/resolve/(?<revision>refs/pr/\\d+|[^/]+)/(?<file>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FilePath();
}

/// <summary>A clock whose waits are over at once, and that remembers them.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Waits)
        {
            Waits.Add(dueTime);
        }

        return base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
