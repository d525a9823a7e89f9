using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// Rewrites a text character by character while it keeps each new character's source, by the reference's rules: a character takes the
/// place of the next old one and has its source; one put in besides has the source of the old character that was passed last.
/// </summary>
internal sealed class TextRewriter
{
    private readonly AlignedText _text;
    private readonly List<char> _characters;
    private readonly List<TextRange> _ranges;
    private int _next;
    private TextRange _last;

    public TextRewriter(AlignedText text)
    {
        _text = text;
        int begin = text.Length == 0 ? 0 : text.SourceOf(0, 1).Start;
        _last = new TextRange(begin, begin);
        _characters = new List<char>(text.Length + 8);
        _ranges = new List<TextRange>(text.Length + 8);
    }

    /// <summary>Passes the next character and writes another in its place.</summary>
    public void Replace(Rune by)
    {
        Drop();
        Insert(by);
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
        while (_next < index)
        {
            Rune.DecodeFromUtf16(_text.Span[_next..], out Rune rune, out _);
            Replace(rune);
        }
    }

    /// <summary>Writes a character besides the old ones.</summary>
    public void Insert(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        foreach (char unit in units[..rune.EncodeToUtf16(units)])
        {
            _characters.Add(unit);
            _ranges.Add(_last);
        }
    }

    /// <summary>Writes a text besides the old characters.</summary>
    public void Insert(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            Insert(rune);
        }
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
    public AlignedText ToText() => AlignedText.Of(_characters.ToArray(), _ranges.ToArray());
}
