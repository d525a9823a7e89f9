namespace Gptx.Analyses;

/// <summary>Lines that follow each other, in one buffer that is used again.</summary>
internal sealed class LineBlock
{
    private readonly List<(int Start, int Length, long Offset, long Number)> _lines = [];
    private byte[] _bytes = new byte[1 << 16];

    /// <summary>How many there are.</summary>
    public int Count => _lines.Count;

    /// <summary>How many bytes they have.</summary>
    public int Bytes { get; private set; }

    /// <summary>Takes a line.</summary>
    public void Add(ReadOnlySpan<byte> line, long offset, long number)
    {
        if (_bytes.Length - Bytes < line.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Bytes + line.Length));
        }

        line.CopyTo(_bytes.AsSpan(Bytes));
        _lines.Add((Bytes, line.Length, offset, number));
        Bytes += line.Length;
    }

    /// <summary>A line's bytes.</summary>
    public ReadOnlySpan<byte> Line(int index) => _bytes.AsSpan(_lines[index].Start, _lines[index].Length);

    /// <summary>Where a line begins in its source.</summary>
    public long Offset(int index) => _lines[index].Offset;

    /// <summary>A line's number in its source, from 1.</summary>
    public long Number(int index) => _lines[index].Number;

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        _lines.Clear();
        Bytes = 0;
    }
}
