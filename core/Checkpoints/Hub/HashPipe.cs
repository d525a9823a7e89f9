using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Gptx.Checkpoints.Hub;

/// <summary>Hashes on a thread of its own while the next bytes are read and written, so that the check costs no time of the download.</summary>
internal sealed class HashPipe : IAsyncDisposable
{
    private const int Ahead = 16;
    private readonly Channel<(byte[] Buffer, int Count)> _waiting = Channel.CreateBounded<(byte[], int)>(
        new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });

    private readonly IncrementalHash? _hash;
    private readonly Task _work;

    public HashPipe(IncrementalHash? hash)
    {
        _hash = hash;
        _work = Task.Run(Work);
    }

    /// <summary>Takes a rented buffer over: it is hashed, and given back.</summary>
    public ValueTask Add(byte[] buffer, int count, CancellationToken cancellation) => _waiting.Writer.WriteAsync((buffer, count), cancellation);

    /// <summary>The hash of all that was added, in small hexadecimal digits; null where there is none to make.</summary>
    public async Task<string?> Finish()
    {
        _waiting.Writer.TryComplete();
        await _work;
        return _hash is null ? null : Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _work;
        _hash?.Dispose();
    }

    private async Task Work()
    {
        await foreach (var (buffer, count) in _waiting.Reader.ReadAllAsync())
        {
            _hash?.AppendData(buffer, 0, count);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
