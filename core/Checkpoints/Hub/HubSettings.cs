namespace Gptx.Checkpoints.Hub;

/// <summary>Where the hub is, where its cache lies, and how to talk to it; by default what huggingface_hub reads from the environment.</summary>
public sealed record HubSettings
{
    /// <summary>The public hub.</summary>
    public const string PublicEndpoint = "https://huggingface.co";

    /// <summary>The folder with <c>models--org--name</c>, the same as Python's.</summary>
    public required string Cache { get; init; }

    /// <summary>The hub's address, without a slash at the end. Any server with the hub's layout will do.</summary>
    public string Endpoint { get; init; } = PublicEndpoint;

    /// <summary>True: no connection is ever opened.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// Whether snapshots are links to blobs. Default true; where the system does not allow them, and with HF_HUB_DISABLE_SYMLINKS, snapshots
    /// hold the files themselves, as huggingface_hub does it.
    /// </summary>
    public bool UseLinks { get; init; } = true;

    /// <summary>How long to wait for the head of an answer. Default 10 s, as huggingface_hub; HF_HUB_ETAG_TIMEOUT.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a body may stand still. Default 10 s, as huggingface_hub; HF_HUB_DOWNLOAD_TIMEOUT.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request that failed in passing is sent again. Default 4: with the pauses between about a quarter of a minute.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The token, looked up only when it is needed.</summary>
    public Func<HubToken?> Token { get; init; } = () => null;

    /// <summary>The clock that pauses between attempts follow; tests have one of their own.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What the variables of this process say.</summary>
    public static HubSettings OfProcess() => From(Environment.GetEnvironmentVariable);

    /// <summary>What variables say, as huggingface_hub reads them (its constants.py).</summary>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    /// <exception cref="GptxException"><c>HubEndpointInvalid</c>; <c>OptionOutOfRange</c>.</exception>
    public static HubSettings From(Func<string, string?> variable)
    {
        var environment = new HubEnvironment(variable);
        return new HubSettings
        {
            Cache = environment.Cache,
            Endpoint = CheckEndpoint(environment.Find("HF_ENDPOINT") ?? PublicEndpoint),
            Offline = environment.Offline,
            UseLinks = !environment.IsTrue("HF_HUB_DISABLE_SYMLINKS"),
            AnswerTimeout = environment.Seconds("HF_HUB_ETAG_TIMEOUT", 10),
            ReadTimeout = environment.Seconds("HF_HUB_DOWNLOAD_TIMEOUT", 10),
            Token = environment.Token,
        };
    }

    private static string CheckEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { UserInfo: "", Query: "", Fragment: "" }
            ? text.TrimEnd('/')
            : throw new GptxException(
                GptxErrorKind.InvalidArgument, "HubEndpointInvalid", "HF_ENDPOINT is not the address of a hub: it must be http:// or https://, a host, and perhaps a path; no name or password");
}
