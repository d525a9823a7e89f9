using System.Buffers;
using System.Net;

namespace Gptx.Checkpoints.Hub;

/// <summary>
/// Brings one blob into the cache. Bytes go to <c>ETAG.incomplete</c>, which the next attempt goes on with, in this process or another; the name
/// of the blob appears when all of it is there and its hash is right, not before. The caller holds the blob's lock.
/// </summary>
internal sealed class BlobDownload(HubConnection connection, HubSettings settings, HubModelName model, string file, HubHead head, Action<long> report)
{
    private const int BufferSize = 1 << 18;
    private const long Progress = 1 << 20;
    private FileStream _part = null!;
    private HashPipe _hash = null!;
    private long _done;
    private bool _wasResumed;

    /// <summary>Downloads to a path.</summary>
    /// <exception cref="GptxException">One of <see cref="HubError"/>.</exception>
    public async Task Run(string blob, CancellationToken cancellation)
    {
        var incomplete = blob + ".incomplete";
        try
        {
            using (_part = Open(incomplete))
            {
                _hash = NewHash();
                try
                {
                    await Fetch(cancellation);
                }
                finally
                {
                    await _hash.DisposeAsync();
                }
            }

            HubCache.OnDisk(blob, () => File.Move(incomplete, blob, overwrite: true));
        }
        catch (GptxException error) when (error.ErrorId is "HubDiskFull" or "HubHashWrong" or "HubLengthWrong" or "HubCacheNotWritable")
        {
            Forget(incomplete);
            throw;
        }
    }

    private async Task Fetch(CancellationToken cancellation)
    {
        await Resume(cancellation);
        while (true)
        {
            await FetchRest(cancellation);
            var actual = await _hash.Finish();
            if (actual is null || string.Equals(actual, head.Promise, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            if (!_wasResumed)
            {
                throw HubError.HashWrong(file, head.Promise, actual);
            }

            await Restart(); // the part that was found may be of another time
        }
    }

    /// <summary>Goes on as long as attempts bring bytes: a line that breaks every few minutes still ends.</summary>
    private async Task FetchRest(CancellationToken cancellation)
    {
        while (_done < head.Size)
        {
            var before = _done;
            try
            {
                await connection.Ask(HttpMethod.Get, head.Location, model, Read, () => _done, cancellation);
            }
            catch (GptxException error) when (error.ErrorId is "HubUnreachable" or "HubDownloadBroken" && _done - before >= Progress)
            {
                // At least this much came: begin to count the attempts anew.
            }
        }

        if (head.Size == 0 && _done == 0)
        {
            await connection.Ask(HttpMethod.Get, head.Location, model, Read, null, cancellation);
        }
    }

    private async Task<bool> Read(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!await Fits(answer))
        {
            return false;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var body = await answer.Content.ReadAsStreamAsync(patience.Token);
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            patience.CancelAfter(settings.ReadTimeout);
            int count;
            try
            {
                count = await body.ReadAsync(buffer, patience.Token);
            }
            catch (Exception error) when (error is IOException or HttpRequestException)
            {
                throw new PassingFault(HubError.Short(file, _done, head.Size));
            }

            if (count == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return _done == head.Size ? true : throw new PassingFault(HubError.Short(file, _done, head.Size));
            }

            if (_done + count > head.Size)
            {
                throw HubError.LengthWrong(file, head.Size, "more");
            }

            HubCache.OnDisk(_part.Name, () => _part.Write(buffer, 0, count));
            await _hash.Add(buffer, count, cancellation);
            _done += count;
            report(count);
        }
    }

    /// <summary>Whether the answer is the bytes that were asked for; where the server knows no ranges, or this one not, it begins at the beginning.</summary>
    private async Task<bool> Fits(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            if (_done == 0)
            {
                throw HubError.AnswerWrong(model, $"it has no bytes of {file} (416)");
            }

            await Restart();
            return false;
        }

        if (answer.Content.Headers.ContentEncoding.Any(encoding => encoding != "identity"))
        {
            throw HubError.AnswerWrong(model, $"{file} comes encoded, which was not asked for");
        }

        var length = answer.Content.Headers.ContentLength;
        if (answer.StatusCode == HttpStatusCode.PartialContent)
        {
            var range = answer.Content.Headers.ContentRange;
            if (range?.From != _done || (range.HasLength && range.Length != head.Size) || (length is { } rest && rest > head.Size - _done))
            {
                throw HubError.LengthWrong(file, head.Size, $"the range {Excerpt.Of(range?.ToString() ?? "none")}, where it was asked for all from byte {_done}");
            }

            return true;
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw HubError.AnswerWrong(model, $"{(int)answer.StatusCode} in place of {file}");
        }

        if (length is { } all && all != head.Size)
        {
            throw HubError.LengthWrong(file, head.Size, $"{all}");
        }

        if (_done > 0)
        {
            await Restart();
        }

        return true;
    }

    private FileStream Open(string incomplete)
    {
        FileStream? opened = null;
        HubCache.OnDisk(incomplete, () => opened = new FileStream(incomplete, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        }));
        return opened!;
    }

    /// <summary>Hashes what an earlier attempt left.</summary>
    private async Task Resume(CancellationToken cancellation)
    {
        if (_part.Length > head.Size)
        {
            HubCache.OnDisk(_part.Name, () => _part.SetLength(0));
        }

        _wasResumed = _part.Length > 0;
        while (_done < _part.Length)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            var count = 0;
            HubCache.OnDisk(_part.Name, () => count = _part.Read(buffer));
            await _hash.Add(buffer, count, cancellation);
            _done += count;
            report(count);
        }
    }

    private async Task Restart()
    {
        await _hash.DisposeAsync();
        HubCache.OnDisk(_part.Name, () =>
        {
            _part.SetLength(0);
            _part.Position = 0;
        });
        report(-_done);
        _done = 0;
        _wasResumed = false;
        _hash = NewHash();
    }

    private HashPipe NewHash() => new(BlobHash.Begin(head.Promise, head.Size));

    /// <summary>Takes a part away, if that can be.</summary>
    public static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (CheckpointError.IsAboutTheFile(error))
        {
            return; // the error that brought us here is the one to tell
        }
    }
}
