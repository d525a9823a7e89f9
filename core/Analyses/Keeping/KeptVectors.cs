using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>Vectors that are needed again and again: in memory as long as they fit, else in a temporary file that is mapped.</summary>
/// <param name="width">The numbers of a vector.</param>
/// <param name="mostInMemory">The most bytes that are held in memory.</param>
internal sealed class KeptVectors(int width, long mostInMemory) : IDisposable
{
    private readonly List<float[]> _chunks = [];
    private readonly int _chunkRows = Math.Max(1, (4 << 20) / sizeof(float) / width);
    private FileStream? _file;
    private MappedTable? _mapped;

    /// <summary>The vectors so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a vector.</summary>
    /// <exception cref="GptxException"><c>OutputNotWritable</c>; <c>RowsTooMany</c>.</exception>
    public void Add(ReadOnlySpan<float> vector)
    {
        if (Count == Array.MaxLength)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "RowsTooMany", $"there are more than {Array.MaxLength} rows: analyse a part of them");
        }

        if (_file is null && ((long)Count + 1) * width * sizeof(float) > mostInMemory)
        {
            MoveToFile();
        }

        if (_file is { } file)
        {
            TemporaryFile.Write(file, MemoryMarshal.AsBytes(vector));
        }
        else
        {
            if (Count % _chunkRows == 0)
            {
                _chunks.Add(new float[_chunkRows * width]);
            }

            vector.CopyTo(_chunks[^1].AsSpan(Count % _chunkRows * width));
        }

        Count++;
    }

    /// <summary>All vectors; no more are taken.</summary>
    public VectorTable Table()
    {
        if (_file is null)
        {
            return new ChunkTable(_chunks, _chunkRows, Count, width);
        }

        TemporaryFile.Write(() => _file.Flush());
        return _mapped ??= new MappedTable(_file, Count, width);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mapped?.Dispose();
        _file?.Dispose();
        _chunks.Clear();
    }

    private void MoveToFile()
    {
        _file = TemporaryFile.Make();
        TemporaryFile.Write(() =>
        {
            for (var chunk = 0; chunk < _chunks.Count; chunk++)
            {
                var rows = Math.Min(_chunkRows, Count - (chunk * _chunkRows));
                _file.Write(MemoryMarshal.AsBytes(_chunks[chunk].AsSpan(0, rows * width)));
            }
        });
        _chunks.Clear();
    }

    private sealed class ChunkTable(List<float[]> chunks, int chunkRows, int count, int width) : VectorTable(count, width)
    {
        public override ReadOnlySpan<float> Row(int index, Span<float> scratch) => chunks[index / chunkRows].AsSpan(index % chunkRows * Width, Width);
    }

    private sealed unsafe class MappedTable : VectorTable, IDisposable
    {
        private readonly MemoryMappedFile _map;
        private readonly MemoryMappedViewAccessor _view;
        private readonly byte* _start;

        public MappedTable(FileStream file, int count, int width)
            : base(count, width)
        {
            _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
            _start += _view.PointerOffset;
        }

        public override ReadOnlySpan<float> Row(int index, Span<float> scratch) => new((float*)_start + ((long)index * Width), Width);

        public void Dispose()
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
        }
    }
}
