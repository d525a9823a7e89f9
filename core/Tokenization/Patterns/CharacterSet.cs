using System.Text;

namespace Gptx.Tokenization;

/// <summary>A set of characters: ranges of code points in order, with a bitmap of those below U+10000 where there are many ranges.</summary>
internal sealed class CharacterSet
{
    public const int Last = 0x10FFFF;

    // Fewer ranges are searched as fast as a bitmap is made.
    private const int FewRanges = 6;

    private readonly int[] _ranges;
    private readonly ulong _low;
    private readonly ulong _high;
    private ulong[]? _bitmap;

    /// <summary>Makes a set of ranges that lie in order and do not touch: first and last code points, in turn.</summary>
    private CharacterSet(int[] ranges)
    {
        _ranges = ranges;
        for (int value = 0; value < 64; value++)
        {
            _low |= Search(value) ? 1UL << value : 0;
            _high |= Search(value + 64) ? 1UL << value : 0;
        }
    }

    public static CharacterSet None { get; } = new([]);

    public static CharacterSet All { get; } = new([0, Last]);

    public static CharacterSet Ascii { get; } = new([0, 0x7F]);

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The one character of a set of one, otherwise -1.</summary>
    public int Single => _ranges.Length == 2 && _ranges[0] == _ranges[1] ? _ranges[0] : -1;

    /// <summary>First and last code points, in turn.</summary>
    public ReadOnlySpan<int> Ranges => _ranges;

    public static CharacterSet Of(int first, int last) => new([first, last]);

    public static CharacterSet Of(int value) => new([value, value]);

    /// <summary>A set of ranges in any order, which may overlap.</summary>
    public static CharacterSet Of(List<(int First, int Last)> ranges)
    {
        ranges.Sort();
        var joined = new List<int>(2 * ranges.Count);
        foreach ((int first, int last) in ranges)
        {
            if (joined.Count > 0 && first <= joined[^1] + 1)
            {
                joined[^1] = Math.Max(joined[^1], last);
            }
            else
            {
                joined.Add(first);
                joined.Add(last);
            }
        }

        return new CharacterSet([.. joined]);
    }

    public static CharacterSet Union(params IEnumerable<CharacterSet> sets)
    {
        var ranges = new List<(int, int)>();
        foreach (CharacterSet set in sets)
        {
            for (int i = 0; i < set._ranges.Length; i += 2)
            {
                ranges.Add((set._ranges[i], set._ranges[i + 1]));
            }
        }

        return Of(ranges);
    }

    public CharacterSet Intersect(CharacterSet other) => Union(Complement(), other.Complement()).Complement();

    public CharacterSet Complement()
    {
        var ranges = new List<int>(_ranges.Length + 2);
        int next = 0;
        for (int i = 0; i < _ranges.Length; i += 2)
        {
            if (_ranges[i] > next)
            {
                ranges.Add(next);
                ranges.Add(_ranges[i] - 1);
            }

            next = _ranges[i + 1] + 1;
        }

        if (next <= Last)
        {
            ranges.Add(next);
            ranges.Add(Last);
        }

        return new CharacterSet([.. ranges]);
    }

    public bool Contains(Rune rune) => Contains(rune.Value);

    public bool Contains(int value)
    {
        if (value < 128)
        {
            return ((value < 64 ? _low : _high) >> value & 1) != 0;
        }

        if (_ranges.Length <= 2 * FewRanges || value > 0xFFFF)
        {
            return Search(value);
        }

        ulong[] bitmap = _bitmap ?? MakeBitmap();
        return (bitmap[value >> 6] >> value & 1) != 0;
    }

    private bool Search(int value)
    {
        // How many bounds lie below: odd inside of a range, but for its first one.
        int low = 0;
        int high = _ranges.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_ranges[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < _ranges.Length && ((low & 1) == 1 || _ranges[low] == value);
    }

    private ulong[] MakeBitmap()
    {
        var bitmap = new ulong[0x10000 / 64];
        for (int i = 0; i < _ranges.Length && _ranges[i] <= 0xFFFF; i += 2)
        {
            for (int value = _ranges[i]; value <= Math.Min(_ranges[i + 1], 0xFFFF); value++)
            {
                bitmap[value >> 6] |= 1UL << value;
            }
        }

        _bitmap = bitmap;
        return bitmap;
    }
}
