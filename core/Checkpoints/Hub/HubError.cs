using System.Net;

namespace Gptx.Checkpoints.Hub;

/// <summary>What can go wrong with the hub, each with what to do about it. The server's own words are shown shortened, and never a token.</summary>
internal static class HubError
{
    /// <summary>The error that an answer means; the answer's status is 400 or above.</summary>
    public static GptxException Of(HttpResponseMessage answer, HubModelName model, Uri endpoint, HubToken? token)
    {
        var code = Header(answer, "X-Error-Code");
        var words = Header(answer, "X-Error-Message");
        var said = words is null ? "" : $" (it says {Excerpt.Of(token?.Redact(words) ?? words)})";
        var host = endpoint.Authority;
        var status = (int)answer.StatusCode;
        return (code, answer.StatusCode) switch
        {
            ("GatedRepo", _) => Model("HubModelGated", $"{model.Id} is gated: accept its terms at {Page(endpoint, model)}, {Access(token)}"),
            ("RevisionNotFound", _) => Model("HubRevisionNotFound", $"{model.Id} has no revision {Excerpt.Of(model.RevisionOrMain)}: {Page(endpoint, model)}/tree/main lists branches and tags"),
            ("EntryNotFound", _) => Model("HubFileNotFound", $"{model.Id} has no such file at revision {Excerpt.Of(model.RevisionOrMain)}{said}"),
            (_, HttpStatusCode.Unauthorized) when token is not null && words?.Contains("Invalid credentials", StringComparison.OrdinalIgnoreCase) == true =>
                Model("HubTokenRefused", $"{host} does not know the token that was sent: put a valid one into HF_TOKEN, or take the old one away (HF_TOKEN, or the file of HF_TOKEN_PATH)"),
            ("RepoNotFound", _) or (_, HttpStatusCode.Unauthorized or HttpStatusCode.NotFound) =>
                Model("HubModelNotFound", $"{host} has no model {model.Id}, or it is private: check the name; for a private model {Access(token)}"),
            (_, HttpStatusCode.Forbidden) => Model("HubAccessDenied", $"{host} denies access to {model.Id}{said}: {Access(token)}"),
            (_, HttpStatusCode.TooManyRequests) => Model("HubTooManyRequests", $"{host} was asked too often{RetryAfter(answer)}{said}: try again later{(token is null ? ", or give a token in HF_TOKEN, which may ask more often" : "")}"),
            _ when status >= 500 => Model("HubUnavailable", $"{host} answers with an error of its own, {status}{said}: try again later"),
            _ => AnswerWrong(model, $"{host} answered {status}{said}"),
        };
    }

    public static GptxException AnswerWrong(HubModelName model, string problem) =>
        Model("HubAnswerWrong", $"{model}: the hub's answer cannot be used: {problem}; check that HF_ENDPOINT names a hub");

    public static GptxException Unreachable(Uri endpoint, string why, Exception? cause = null) =>
        Model("HubUnreachable", $"{endpoint.Authority} cannot be reached: {why}; check the network, or HTTPS_PROXY; --offline uses only what is in the cache", cause);

    public static GptxException Offline(HubModelName model, string cache) => Model(
        "HubOffline", $"{model} is not in the cache {cache}, or not whole, and no network may be used (--offline, GPTX_OFFLINE, HF_HUB_OFFLINE): pull it without, or copy the cache of a machine that has it");

    public static GptxException RedirectUnsafe(HubModelName model, Uri from, string problem) =>
        Model("HubRedirectRefused", $"{model}: {from.Authority} sends on {problem}; nothing was sent there");

    public static GptxException LengthWrong(string file, long expected, string got) =>
        Model("HubLengthWrong", $"{file}: the hub says it has {expected} bytes, and sends {got}; nothing of it was kept");

    public static GptxException HashWrong(string file, string expected, string actual) =>
        Model("HubHashWrong", $"{file}: its content has the hash {actual}, where the hub promises {expected}; nothing of it was kept: pull again");

    public static GptxException Short(string file, long got, long size) =>
        Model("HubDownloadBroken", $"{file}: the connection ended after {got} of {size} bytes, again and again; pull again, and it goes on from there");

    /// <summary>What a failure to write into the cache means.</summary>
    public static GptxException NotWritable(string path, Exception cause) => IsDiskFull(cause)
        ? new GptxException(GptxErrorKind.OutputNotWritable, "HubDiskFull", $"{CheckpointError.OneLine(path)}: the disk is full; what was begun is gone again. Make room ('gptx model list', 'gptx model remove'), or set HF_HOME to another disk", cause)
        : new GptxException(GptxErrorKind.OutputNotWritable, "HubCacheNotWritable", $"{CheckpointError.OneLine(path)}: the hub's cache cannot be written: {Excerpt.Of(cause.Message)}; HF_HOME or HF_HUB_CACHE names another folder", cause);

    public static GptxException TooLarge(string cache, long needed, long free) => new(
        GptxErrorKind.OutputNotWritable, "HubDiskFull", $"{CheckpointError.OneLine(cache)}: {needed} bytes are to be downloaded and the disk has {free} left; make room, or set HF_HOME to another disk");

    public static GptxException Model(string id, string message, Exception? cause = null) => new(GptxErrorKind.ModelNotLoadable, id, message, cause);

    private static bool IsDiskFull(Exception exception)
    {
        const int NoSpace = 28;         // ENOSPC
        const int QuotaExceeded = 122;  // EDQUOT
        const int WindowsDiskFull = unchecked((int)0x80070070);
        return exception.HResult is NoSpace or QuotaExceeded or WindowsDiskFull;
    }

    private static string Page(Uri endpoint, HubModelName model) => $"{endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{model.Id}";

    private static string Access(HubToken? token) => token is null
        ? "and give a token that may read it, in HF_TOKEN (none was sent)"
        : "and give a token that may read it, in HF_TOKEN (the one that was sent may not)";

    private static string RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter?.Delta is { } delta ? $", and asks to wait {delta.TotalSeconds:0} s" : "";

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
