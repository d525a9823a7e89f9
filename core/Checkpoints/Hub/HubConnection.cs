using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;

namespace Gptx.Checkpoints.Hub;

/// <summary>
/// Asks the hub. Redirects are followed by hand, so that the token goes to the hub's own host and to no other; what fails in passing is tried
/// again. Nothing is opened before the first question, and nothing at all where the settings say offline.
/// </summary>
internal sealed class HubConnection : IDisposable
{
    private const int MostRedirects = 10;
    private const int LongestJson = 64 << 20;
    private static readonly ProductInfoHeaderValue Agent = new("gptx", typeof(HubConnection).Assembly.GetName().Version?.ToString(3) ?? "0");
    private readonly HubSettings _settings;
    private readonly ResiliencePipeline _retries;
    private readonly Lazy<HttpClient> _client;
    private readonly Lazy<HubToken?> _token;

    public HubConnection(HubSettings settings, Action<string>? notice = null)
    {
        _settings = settings;
        _retries = HubRetries.Of(settings, notice);
        _token = new Lazy<HubToken?>(settings.Token);
        _client = new Lazy<HttpClient>(() => new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = settings.AnswerTimeout,
            MaxConnectionsPerServer = 8,
        })
        { Timeout = Timeout.InfiniteTimeSpan });
        Endpoint = new Uri(settings.Endpoint);
    }

    /// <summary>Reads an answer; may be called again, with another answer, when it ends with a <see cref="PassingFault"/>.</summary>
    public delegate Task<T> Reading<T>(HttpResponseMessage answer, CancellationToken cancellation);

    /// <summary>The hub's address.</summary>
    public Uri Endpoint { get; }

    /// <summary>An address below the hub's own.</summary>
    public Uri At(string path) => new($"{_settings.Endpoint}/{path}");

    /// <summary>Asks, follows redirects, tries again.</summary>
    /// <param name="method">HEAD stops where it is sent to another host, and answers with that; GET follows.</param>
    /// <param name="address">Where.</param>
    /// <param name="model">Whose errors these are.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="from">The first byte that is wanted, asked for at each attempt.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="GptxException">One of <see cref="HubError"/>.</exception>
    public async Task<T> Ask<T>(HttpMethod method, Uri address, HubModelName model, Reading<T> read, Func<long>? from, CancellationToken cancellation)
    {
        if (_settings.Offline)
        {
            throw HubError.Offline(model, _settings.Cache);
        }

        try
        {
            return await _retries.ExecuteAsync(async stop => await Once(method, address, model, read, from?.Invoke() ?? 0, stop), cancellation);
        }
        catch (PassingFault fault)
        {
            throw fault.Error;
        }
    }

    /// <summary>A JSON answer, and the address of its next page if it has one.</summary>
    public Task<(JsonElement Json, Uri? Next)> AskJson(Uri address, HubModelName model, CancellationToken cancellation) =>
        Ask(HttpMethod.Get, address, model, async (answer, stop) => (await Json(answer, model, stop), NextPage(answer)), null, cancellation);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task<T> Once<T>(HttpMethod method, Uri address, HubModelName model, Reading<T> read, long from, CancellationToken cancellation)
    {
        try
        {
            using var answer = await Follow(method, address, model, from, cancellation);
            ThrowIfRefused(answer, model);
            return await read(answer, cancellation);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.NameResolutionError)
        {
            throw HubError.Unreachable(Endpoint, "its name is not known here", error);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw HubError.Unreachable(Endpoint, $"its certificate is not trusted ({Excerpt.Of(error.Message)})", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new PassingFault(HubError.Unreachable(Endpoint, Excerpt.Of(error.Message), error));
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new PassingFault(HubError.Unreachable(Endpoint, "it does not answer in time", error));
        }
    }

    private async Task<HttpResponseMessage> Follow(HttpMethod method, Uri address, HubModelName model, long from, CancellationToken cancellation)
    {
        for (var hops = 0; hops <= MostRedirects; hops++)
        {
            var answer = await Send(method, address, from, cancellation);
            if (!IsRedirect(answer) || Target(address, answer) is not { } next || (method == HttpMethod.Head && !IsSameHost(next, address)))
            {
                return answer;
            }

            answer.Dispose();
            ThrowIfUnsafe(address, next, model);
            address = next;
        }

        throw HubError.RedirectUnsafe(model, Endpoint, $"from one address to the next, more than {MostRedirects} times");
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, Uri address, long from, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(Agent);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity")); // the bytes that the hub has the hash of
        if (IsSameHost(address, Endpoint))
        {
            request.Headers.Authorization = _token.Value?.Header;
        }

        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.AnswerTimeout);
        return await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
    }

    private void ThrowIfRefused(HttpResponseMessage answer, HubModelName model)
    {
        var status = (int)answer.StatusCode;
        if (status < 400 || answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return;
        }

        var error = HubError.Of(answer, model, Endpoint, IsSameHost(answer.RequestMessage!.RequestUri!, Endpoint) ? _token.Value : null);
        var asked = answer.Headers.RetryAfter is { } retry ? retry.Delta ?? (retry.Date - _settings.Clock.GetUtcNow()) : null;
        if (status is 408 or 429 or 500 or 502 or 503 or 504)
        {
            throw new PassingFault(error, asked < TimeSpan.Zero ? TimeSpan.Zero : asked);
        }

        var mark = answer.Headers.TryGetValues("X-Repo-Commit", out var commits) ? commits.FirstOrDefault() : null;
        throw error.ErrorId == "HubFileNotFound" && mark is not null ? new AbsentFile(error, mark) : error;
    }

    private async Task<JsonElement> Json(HttpResponseMessage answer, HubModelName model, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_settings.ReadTimeout + _settings.ReadTimeout);
        using var body = new MemoryStream();
        var stream = await answer.Content.ReadAsStreamAsync(patience.Token);
        var buffer = new byte[1 << 16];
        for (int count; (count = await stream.ReadAsync(buffer, patience.Token)) > 0;)
        {
            body.Write(buffer, 0, count);
            if (body.Length > LongestJson)
            {
                throw HubError.AnswerWrong(model, $"it has more than {LongestJson} bytes");
            }
        }

        if (answer.Content.Headers.ContentLength is { } length && length != body.Length)
        {
            throw new PassingFault(HubError.Unreachable(Endpoint, "the connection ended early"));
        }

        try
        {
            using var document = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw HubError.AnswerWrong(model, "it is not JSON");
        }
    }

    /// <summary>The page that the header Link names; only one of the hub itself is asked.</summary>
    private Uri? NextPage(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        var next = links.SelectMany(link => link.Split(',')).FirstOrDefault(link => link.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase));
        var (first, last) = (next?.IndexOf('<') ?? -1, next?.IndexOf('>') ?? -1);
        return first >= 0 && last > first && Uri.TryCreate(answer.RequestMessage!.RequestUri, next![(first + 1)..last], out var address) && IsSameHost(address, Endpoint)
            ? address
            : null;
    }

    private void ThrowIfUnsafe(Uri from, Uri to, HubModelName model)
    {
        if (to.Scheme is not ("http" or "https"))
        {
            throw HubError.RedirectUnsafe(model, from, $"to an address that begins with {Excerpt.Of(to.Scheme + ":")}");
        }

        if (Endpoint.Scheme == "https" && to.Scheme == "http")
        {
            throw HubError.RedirectUnsafe(model, from, $"to {to.Authority} without encryption");
        }
    }

    private static bool IsRedirect(HttpResponseMessage answer) => (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308;

    private static Uri? Target(Uri from, HttpResponseMessage answer) => HubRedirect.Target(from, answer);

    private static bool IsSameHost(Uri one, Uri other) => one.Scheme == other.Scheme && string.Equals(one.Authority, other.Authority, StringComparison.OrdinalIgnoreCase);
}
