using System.Runtime.CompilerServices;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// Rewrites a text character by character while it keeps each new character's source, by the reference's rules: a character takes the
/// place of the next old one and has its source; one put in besides has the source of the old character that was passed last.
/// </summary>
internal ref struct TextRewriter
{
    private readonly AlignedText _text;
    private readonly bool _keepsSources;
    private char[] _characters;
    private TextRange[] _ranges;
    private int _count;
    private int _next;
    private TextRange _last;

    public TextRewriter(AlignedText text)
    {
        _text = text;
        _keepsSources = text.KeepsSources;
        int begin = text.Length == 0 ? 0 : text.SourceOf(0, 1).Start;
        _last = new TextRange(begin, begin);
        _characters = text.CharacterRoom(text.Length + 8);
        _ranges = text.RangeRoom(text.Length + 8);
    }

    /// <summary>The index of the next old character.</summary>
    public readonly int Next => _next;

    /// <summary>Passes the next character and writes another in its place.</summary>
    public void Replace(Rune by)
    {
        Drop();
        Insert(by);
    }

    /// <summary>Passes the next character, which is one unit, and writes another such in its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReplaceUnit(char by)
    {
        if (_keepsSources)
        {
            _last = _text.SourceOf(_next, _next + 1);
        }

        _next++;
        InsertUnit(by);
    }

    /// <summary>Passes the next character, where there is one, and writes nothing.</summary>
    public void Drop()
    {
        if (_next == _text.Length)
        {
            return;
        }

        Rune.DecodeFromUtf16(_text.Span[_next..], out _, out int width);
        _last = _text.SourceOf(_next, _next + width);
        _next += width;
    }

    /// <summary>Passes characters up to an index and writes nothing.</summary>
    public void DropTo(int index)
    {
        while (_next < index)
        {
            Drop();
        }
    }

    /// <summary>Passes characters up to an index and writes them as they are.</summary>
    public void KeepTo(int index)
    {
        ReadOnlySpan<char> text = _text.Span;
        while (_next < index)
        {
            if (!char.IsSurrogate(text[_next]))
            {
                ReplaceUnit(text[_next]);
                continue;
            }

            Rune.DecodeFromUtf16(text[_next..], out Rune rune, out _);
            Replace(rune);
        }
    }

    /// <summary>Writes a character besides the old ones.</summary>
    public void Insert(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
        {
            InsertUnit(unit);
        }
    }

    /// <summary>Writes a unit besides the old characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void InsertUnit(char unit)
    {
        if (_count == _characters.Length || (_keepsSources && _count == _ranges.Length))
        {
            Grow();
        }

        _characters[_count] = unit;
        if (_keepsSources)
        {
            _ranges[_count] = _last;
        }

        _count++;
    }

    /// <summary>Writes a text besides the old characters.</summary>
    public void Insert(string text)
    {
        foreach (char unit in text)
        {
            InsertUnit(unit);
        }
    }

    /// <summary>Passes old characters up to an index and writes what another stage made of them, with its sources.</summary>
    public void Append(AlignedText rewritten, int to)
    {
        while (_count + rewritten.Length > Math.Min(_characters.Length, _keepsSources ? _ranges.Length : int.MaxValue))
        {
            Grow();
        }

        rewritten.Span.CopyTo(_characters.AsSpan(_count));
        if (_keepsSources)
        {
            rewritten.CopySources(0, rewritten.Length, _ranges.AsSpan(_count));
            _last = to == 0 ? _last : _text.SourceOf(to - 1, to);
        }

        _count += rewritten.Length;
        _next = to;
    }

    /// <summary>Writes a character that stands for <c>1 - change</c> old ones: 1 is one put in, 0 takes one's place, -1 takes that of two.</summary>
    public void Write(Rune rune, int change)
    {
        if (change > 0)
        {
            Insert(rune);
            return;
        }

        Replace(rune);
        for (; change < 0; change++)
        {
            Drop();
        }
    }

    /// <summary>The new text; what was not passed is gone.</summary>
    public readonly AlignedText ToText() => _text.Rewritten(_characters.AsSpan(0, _count), _keepsSources ? _ranges.AsSpan(0, _count) : default);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        Array.Resize(ref _characters, 2 * _characters.Length);
        if (_keepsSources)
        {
            Array.Resize(ref _ranges, _characters.Length);
        }
    }
}
