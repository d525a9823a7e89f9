using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gptx.Tests.Checkpoints.Hub;

/// <summary>A question that a server was asked.</summary>
internal sealed record HubRequest(string Method, string Host, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? Authorization => Headers.GetValueOrDefault("authorization");

    public long? RangeFrom => Headers.GetValueOrDefault("range") is { } range
        ? long.Parse(range.Replace("bytes=", "", StringComparison.Ordinal).TrimEnd('-'), CultureInfo.InvariantCulture)
        : null;
}

/// <summary>What a server answers; it may lie about its length, and end early.</summary>
internal sealed record HubReply(int Status, Dictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public long? ClaimedLength { get; init; }

    /// <summary>Closes the connection after so many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Waits before each piece of the body.</summary>
    public TimeSpan Pace { get; init; }
}

/// <summary>HTTP/1.1 on loopback, as far as a hub needs it, small enough to lie in any way.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private const int Piece = 1 << 16;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HubRequest, HubReply> _answer;

    public LoopbackServer(Func<HubRequest, HubReply> answer)
    {
        _answer = answer;
        _listener.Start(512);
        Host = $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = Accept();
    }

    public string Host { get; }

    public string Address => $"http://{Host}";

    public ConcurrentQueue<HubRequest> Requests { get; } = [];

    public int Connections;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref Connections);
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                while (await Read(stream) is { } request)
                {
                    Requests.Enqueue(request);
                    if (!await Write(stream, request, _answer(request)))
                    {
                        return;
                    }
                }
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return; // who asked has gone
            }
        }
    }

    private async Task<HubRequest?> Read(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1].Trim(), StringComparer.Ordinal);
        return new HubRequest(words[0], Host, words[1], headers);
    }

    private async Task<bool> Write(NetworkStream stream, HubRequest request, HubReply reply)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Answer\r\n");
        foreach (var (name, value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.ClaimedLength ?? reply.Body.Length}\r\n\r\n");
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.ToString()), _stop.Token);
        if (request.Method == "HEAD")
        {
            return true;
        }

        var body = reply.CutAfter is { } cut ? reply.Body[..Math.Min(cut, reply.Body.Length)] : reply.Body;
        while (body.Length > 0)
        {
            if (reply.Pace > TimeSpan.Zero)
            {
                await Task.Delay(reply.Pace, _stop.Token);
            }

            var count = Math.Min(Piece, body.Length);
            await stream.WriteAsync(body[..count], _stop.Token);
            body = body[count..];
        }

        return reply.CutAfter is null && (reply.ClaimedLength ?? reply.Body.Length) == reply.Body.Length;
    }
}
