namespace Gptx.Templates;

/// <summary>
/// A template's source into tokens, by the rules of Jinja with <c>trim_blocks</c> and <c>lstrip_blocks</c>: text, and inside of tags names, numbers, strings and signs.
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _open = new();
    private int _at;
    private int _line = 1;
    private bool _isLineStart = true;

    private Lexer(string source) => _source = source;

    public static List<Token> Read(string source)
    {
        var text = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new Lexer(text.EndsWith('\n') ? text[..^1] : text);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (_at < _source.Length)
        {
            var tag = NextTag(_at);
            if (tag < 0)
            {
                AddData(_source[_at..]);
                break;
            }

            var sign = SignAt(tag + 2);
            var kind = _source[tag + 1];
            if (kind == '%' && RawBody(tag) is var body and >= 0)
            {
                AddData(Stripped(_source[_at..tag], sign, isVariable: false));
                Advance(body);
                ReadRaw();
                continue;
            }

            AddData(Stripped(_source[_at..tag], sign, isVariable: kind == '{'));
            Advance(tag);
            if (kind == '#')
            {
                Advance(tag + 2 + (sign == 0 ? 0 : 1));
                ReadComment();
            }
            else
            {
                Add(kind == '{' ? TokenKind.VariableBegin : TokenKind.BlockBegin, "");
                Advance(tag + 2 + (sign == 0 ? 0 : 1));
                ReadTag(kind);
            }
        }

        Add(TokenKind.End, "");
    }

    private int NextTag(int start)
    {
        for (var i = start; (i = _source.IndexOf('{', i)) >= 0 && i + 1 < _source.Length; i++)
        {
            if (_source[i + 1] is '{' or '%' or '#')
            {
                return i;
            }
        }

        return -1;
    }

    private char SignAt(int index) => index < _source.Length && _source[index] is '-' or '+' ? _source[index] : '\0';

    // White space before a tag: all of it goes with a minus; without a sign what stands between the line's start and a block or comment.
    private string Stripped(string text, char sign, bool isVariable)
    {
        if (sign == '-')
        {
            var end = text.Length;
            while (end > 0 && PythonCharacters.IsSpace(text[end - 1]))
            {
                end--;
            }

            return text[..end];
        }

        if (sign == '+' || isVariable)
        {
            return text;
        }

        var start = text.LastIndexOf('\n') + 1;
        return (start > 0 || _isLineStart) && IsSpace(text, start) ? text[..start] : text;
    }

    private static bool IsSpace(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (!PythonCharacters.IsSpace(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void AddData(string text)
    {
        if (text.Length > 0)
        {
            Add(TokenKind.Data, text);
        }
    }

    private void Add(TokenKind kind, string value, TemplateValue? number = null) => _tokens.Add(new Token(kind, value, _line, number));

    private void Advance(int to)
    {
        _line += _source.AsSpan(_at, to - _at).Count('\n');
        _isLineStart = to > _at ? _source[to - 1] == '\n' : _isLineStart;
        _at = to;
    }

    private int SkipSpace(int index)
    {
        while (index < _source.Length && PythonCharacters.IsSpace(_source[index]))
        {
            index++;
        }

        return index;
    }

    private bool IsAt(int index, string text) => string.CompareOrdinal(_source, index, text, 0, text.Length) == 0;

    // Where the text of {% raw %} begins, or -1 where this is another tag.
    private int RawBody(int tag)
    {
        var index = SkipSpace(tag + 2 + (SignAt(tag + 2) == 0 ? 0 : 1));
        if (!IsAt(index, "raw"))
        {
            return -1;
        }

        index = SkipSpace(index + 3);
        return IsAt(index, "-%}") ? SkipSpace(index + 3) : IsAt(index, "%}") ? index + 2 : -1;
    }

    private void ReadRaw()
    {
        for (var tag = _at; (tag = _source.IndexOf("{%", tag, StringComparison.Ordinal)) >= 0; tag++)
        {
            var sign = SignAt(tag + 2);
            var index = SkipSpace(tag + 2 + (sign == 0 ? 0 : 1));
            if (IsAt(index, "endraw") && BlockEnd(SkipSpace(index + 6)) is var end and >= 0)
            {
                AddData(Stripped(_source[_at..tag], sign, isVariable: false));
                Advance(end);
                return;
            }
        }

        throw TemplateFault.Syntax(_line, "Missing end of raw directive");
    }

    // Behind the end of a block at this place, or -1 where it does not end here.
    private int BlockEnd(int index)
    {
        if (IsAt(index, "-%}"))
        {
            return SkipSpace(index + 3);
        }

        if (IsAt(index, "+%}"))
        {
            return index + 3;
        }

        return !IsAt(index, "%}") ? -1 : IsAt(index + 2, "\n") ? index + 3 : index + 2;
    }

    private void ReadComment()
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
        {
            throw TemplateFault.Syntax(_line, "Missing end of comment tag");
        }

        var sign = end > _at ? _source[end - 1] : '\0';
        Advance(sign == '-' ? SkipSpace(end + 2) : sign != '+' && IsAt(end + 2, "\n") ? end + 3 : end + 2);
    }

    private void ReadTag(char kind)
    {
        while (_at < _source.Length)
        {
            if (_open.Count == 0 && TagEnd(kind) is var end and >= 0)
            {
                Add(kind == '{' ? TokenKind.VariableEnd : TokenKind.BlockEnd, "");
                Advance(end);
                return;
            }

            var character = _source[_at];
            if (PythonCharacters.IsSpace(character))
            {
                Advance(SkipSpace(_at));
            }
            else if (char.IsAsciiDigit(character))
            {
                var length = NumberLiteral.Read(_source, _at, _line, out var number);
                Add(TokenKind.Number, _source.Substring(_at, length), number);
                Advance(_at + length);
            }
            else if (character is '\'' or '"')
            {
                ReadText(character);
            }
            else if (!ReadName() && !ReadOperator())
            {
                throw TemplateFault.Syntax(_line, $"unexpected char {PythonText.Quote(character.ToString())} at {_at}");
            }
        }
    }

    private int TagEnd(char kind) => kind == '%' ? BlockEnd(_at) : IsAt(_at, "-}}") ? SkipSpace(_at + 3) : IsAt(_at, "}}") ? _at + 2 : -1;

    private void ReadText(char quote)
    {
        var end = _at + 1;
        while (end < _source.Length && _source[end] != quote)
        {
            end += _source[end] == '\\' ? 2 : 1;
        }

        if (end >= _source.Length)
        {
            throw TemplateFault.Syntax(_line, $"unexpected char {PythonText.Quote(quote.ToString())} at {_at}");
        }

        Add(TokenKind.Text, TextLiteral.Unescape(_source[(_at + 1)..end], _line));
        Advance(end + 1);
    }

    private bool ReadName()
    {
        var end = _at;
        while (end < _source.Length && CodePoint(end) is var codePoint && (PythonCharacters.IsWord(codePoint) || PythonCharacters.ContinuesName(codePoint)))
        {
            end += codePoint > 0xFFFF ? 2 : 1;
        }

        if (end == _at)
        {
            return false;
        }

        var name = _source[_at..end];
        if (!TextQuestions.IsIdentifier(name))
        {
            throw TemplateFault.Syntax(_line, "Invalid character in identifier");
        }

        Add(TokenKind.Name, name);
        Advance(end);
        return true;
    }

    private int CodePoint(int index) => index + 1 < _source.Length && char.IsSurrogatePair(_source[index], _source[index + 1])
        ? char.ConvertToUtf32(_source[index], _source[index + 1])
        : _source[index];

    private bool ReadOperator()
    {
        var length = _at + 1 < _source.Length && _source.AsSpan(_at, 2) is "//" or "**" or "==" or "!=" or ">=" or "<=" ? 2 : 1;
        if (length == 1 && !"+-/*%~[](){}><=.:|,;".Contains(_source[_at]))
        {
            return false;
        }

        var sign = _source.Substring(_at, length);
        Balance(sign[0]);
        Add(TokenKind.Operator, sign);
        Advance(_at + length);
        return true;
    }

    private void Balance(char sign)
    {
        switch (sign)
        {
            case '(':
                _open.Push(')');
                break;
            case '[':
                _open.Push(']');
                break;
            case '{':
                _open.Push('}');
                break;
            case ')' or ']' or '}':
                if (!_open.TryPop(out var expected) || expected != sign)
                {
                    throw TemplateFault.Syntax(_line, $"unexpected '{sign}'" + (expected == 0 ? "" : $", expected '{expected}'"));
                }

                break;
        }
    }
}
