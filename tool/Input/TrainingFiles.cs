using Gptx.Tokenization.Training;

namespace Gptx.Tool.Input;

/// <summary>The files that a tokenizer is learnt from, one after another, and how much of them was read.</summary>
internal sealed class TrainingFiles : IDisposable
{
    private readonly Invocation _run;
    private readonly List<StreamReader?> _readers = [];

    private TrainingFiles(Invocation run) => _run = run;

    /// <summary>Bytes of all files; null where standard input or a pipe is among them.</summary>
    public long? Size { get; private set; } = 0;

    /// <summary>Bytes of them that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Opens all files, so that one that is missing is noticed before the others are counted.</summary>
    /// <param name="run">The run.</param>
    /// <param name="paths">The files; none, and '-', are standard input.</param>
    /// <exception cref="GptxException"><c>InputNotReadable</c>, <c>TextMissing</c>.</exception>
    public static TrainingFiles Open(Invocation run, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0 && !run.Around.InIsRedirected)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextMissing", "there is no text: name files, or pipe text into standard input");
        }

        var files = new TrainingFiles(run);
        try
        {
            foreach (var path in paths.DefaultIfEmpty("-"))
            {
                files.Add(path == "-" ? null : RowFile.Open(path));
            }
        }
        catch
        {
            files.Dispose();
            throw;
        }

        return files;
    }

    /// <summary>The lines of all files, each with its line feed.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var reader in _readers)
        {
            if (reader is null)
            {
                using var input = new InterruptibleReader(_run.Around.In, _run.Cancellation);
                foreach (var line in TextLines.Of(input))
                {
                    yield return line;
                }

                continue;
            }

            var before = Read;
            foreach (var line in TextLines.Of(reader))
            {
                Read = before + (Size is null ? 0 : reader.BaseStream.Position);
                yield return line;
            }
        }
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader?.Dispose();
        }
    }

    private void Add(StreamReader? reader)
    {
        _readers.Add(reader);
        Size = reader is { BaseStream.CanSeek: true } ? Size + reader.BaseStream.Length : null;
    }
}
