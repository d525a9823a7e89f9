using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Gptx.Benchmarks;

/// <summary>A hub on loopback with one model, in a process of its own, so that what it takes is not taken from the client's measurement.</summary>
internal static class HubServer
{
    public const string Commit = "c0ffee0000000000000000000000000000000001";

    /// <summary>The name of the blob that the revision <c>unhashed</c> has: no hash, so that nothing can be checked.</summary>
    public const string NoHash = "no-hash-of-this";

    /// <summary>Serves a file until it is killed; the address goes to standard output.</summary>
    public static void Serve(string path)
    {
        using var stream = File.OpenRead(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        while (true)
        {
            var client = listener.AcceptSocket();
            _ = Task.Run(() => Answer(client, path, sha256));
        }
    }

    private static void Answer(Socket client, string path, string sha256)
    {
        using (client)
        {
            client.NoDelay = true;
            var size = new FileInfo(path).Length;
            while (ReadHead(client) is { } head)
            {
                var words = head.Split(' ');
                var etag = words[1].Contains("unhashed", StringComparison.Ordinal) ? NoHash : sha256;
                if (words[1].StartsWith("/api/", StringComparison.Ordinal))
                {
                    var json = words[1].Contains("/tree/", StringComparison.Ordinal)
                        ? $"[{{\"type\":\"file\",\"path\":\"model.safetensors\",\"size\":{size},\"oid\":\"{etag}\"}}]"
                        : $"{{\"sha\":\"{Commit}\"}}";
                    Send(client, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {json.Length}\r\n\r\n{json}"));
                    continue;
                }

                Send(client, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\nETag: \"{etag}\"\r\nX-Repo-Commit: {Commit}\r\n\r\n"));
                if (words[0] == "GET")
                {
                    client.SendFile(path);
                }
            }
        }
    }

    private static void Send(Socket client, string text) => client.Send(Encoding.ASCII.GetBytes(text));

    private static string? ReadHead(Socket client)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = client.Receive(buffer);
            if (count == 0)
            {
                return null;
            }

            head.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return head.ToString();
    }
}
