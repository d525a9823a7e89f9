using System.Text.Json;

namespace Gptx.Checkpoints.Hub;

/// <summary>What the hub says of a model: the commit of a revision, the files of a commit, the head of a file.</summary>
internal sealed class HubListing(HubConnection connection, HubCache cache, HubSettings settings)
{
    private const int MostFiles = 100_000;
    private const int MostPages = 1_000;

    /// <summary>The commit that a revision is now; offline, the one that the cache knows.</summary>
    public async Task<string> Commit(HubModelName model, CancellationToken cancellation)
    {
        if (model.IsCommit)
        {
            return model.Revision!;
        }

        if (settings.Offline)
        {
            return cache.Commit(model) ?? throw HubError.Offline(model, cache.Root);
        }

        var (json, _) = await connection.AskJson(connection.At($"api/models/{model.Id}/revision/{Uri.EscapeDataString(model.RevisionOrMain)}"), model, cancellation);
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("sha", out var sha) && sha.ValueKind == JsonValueKind.String
            && HubModelName.IsCommitHash(sha.GetString()!)
            ? sha.GetString()!
            : throw HubError.AnswerWrong(model, "it does not say which commit the revision is");
    }

    /// <summary>The files of a commit: from the copy in the cache, else from the hub, and then kept.</summary>
    public async Task<IReadOnlyList<HubFile>> Files(HubModelName model, string commit, CancellationToken cancellation)
    {
        if (HubTree.Read(cache.Tree(model, commit)) is { } kept)
        {
            return kept;
        }

        if (settings.Offline)
        {
            return Directory.Exists(cache.Snapshot(model, commit)) ? CachedSnapshot.Here(cache.Snapshot(model, commit)) : throw HubError.Offline(model, cache.Root);
        }

        var files = new List<HubFile>();
        Uri? page = connection.At($"api/models/{model.Id}/tree/{commit}?recursive=true&expand=false");
        for (var pages = 0; page is not null; pages++)
        {
            var (json, next) = await connection.AskJson(page, model, cancellation);
            files.AddRange(HubTree.OfAnswer(json, model));
            page = next;
            if (files.Count > MostFiles || pages > MostPages)
            {
                throw HubError.AnswerWrong(model, $"its list has more than {MostFiles} files");
            }
        }

        HubTree.Write(cache, cache.Tree(model, commit), files);
        return files;
    }

    /// <summary>The head of a file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="revision">The revision to ask at.</param>
    /// <param name="file">Its path in the repository.</param>
    /// <param name="listed">What the listing says of it; null where there was none.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<HubHead> Head(HubModelName model, string revision, string file, HubFile? listed, CancellationToken cancellation)
    {
        var name = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
        var address = connection.At($"{model.Id}/resolve/{Uri.EscapeDataString(revision)}/{name}");
        return connection.Ask(HttpMethod.Head, address, model, (answer, _) => Task.FromResult(Read(answer, model, file, listed)), null, cancellation);
    }

    private static HubHead Read(HttpResponseMessage answer, HubModelName model, string file, HubFile? listed)
    {
        var at = answer.RequestMessage!.RequestUri!;
        var location = HubRedirect.Target(at, answer);
        var etag = Etag(Header(answer, "X-Linked-Etag") ?? Header(answer, "ETag"));
        var commit = Header(answer, "X-Repo-Commit");
        var size = long.TryParse(Header(answer, "X-Linked-Size"), out var linked) ? linked : location is null ? answer.Content.Headers.ContentLength : null;
        if (etag is null || !HubFileName.IsBlob(etag) || size is not >= 0 || commit is null || !HubModelName.IsCommitHash(commit))
        {
            throw HubError.AnswerWrong(model, $"{Excerpt.Of(file)} comes without an etag, a size or a commit");
        }

        if (listed is not null && listed.Size != size)
        {
            throw HubError.LengthWrong(file, listed.Size, $"{size}");
        }

        var promise = IsHash(etag) || listed is null ? etag : listed.Etag;
        return IsHash(etag) && listed?.Sha256 is { } sha256 && sha256 != etag
            ? throw HubError.AnswerWrong(model, $"its list has another hash of {Excerpt.Of(file)} than the file's own answer")
            : new HubHead(etag, size.Value, commit, location ?? at, promise);
    }

    private static bool IsHash(string etag) => etag.Length is 40 or 64 && etag.All(char.IsAsciiHexDigit);

    /// <summary>An etag without its quotes and the mark of a weak one.</summary>
    private static string? Etag(string? text) => text?.Trim() is not { } etag ? null : (etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag).Trim('"');

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
