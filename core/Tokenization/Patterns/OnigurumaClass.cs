namespace Gptx.Tokenization;

/// <summary>Reads a class of characters in brackets: <c>[a-z&amp;&amp;[^aeiou]]</c>.</summary>
internal sealed class OnigurumaClass
{
    private static readonly string[] PosixNames =
        ["alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word", "xdigit"];

    private readonly OnigurumaReader _in;
    private readonly OnigurumaEscapes _escapes;
    private readonly OnigurumaOptions _options;
    private readonly List<CharacterSet> _parts = [];
    private CharacterSet? _before;

    // A character that may become the first of a range; -1 for none.
    private int _pending = -1;
    private bool _afterRange;

    private OnigurumaClass(OnigurumaReader reader, OnigurumaOptions options)
    {
        _in = reader;
        _escapes = new OnigurumaEscapes(reader, options);
        _options = options;
    }

    private enum State
    {
        Start,
        Value,
        Complete,
    }

    /// <summary>Reads what stands behind an opening bracket, the closing one included.</summary>
    /// <returns>The class, and what it would be without a leading <c>^</c>.</returns>
    public static (CharacterSet Set, bool IsNegative) Read(OnigurumaReader reader, OnigurumaOptions options, int depth) =>
        new OnigurumaClass(reader, options).Read(depth);

    private (CharacterSet Set, bool IsNegative) Read(int depth)
    {
        if (depth > OnigurumaParser.MostNested)
        {
            throw new NotSupportedException($"nesting deeper than {OnigurumaParser.MostNested}");
        }

        bool isNegative = _in.TryTake("^");
        State state = State.Start;
        if (_in.TryTake("]"))
        {
            _pending = _in.Comes("]") ? ']' : throw new FormatException("empty char-class");
            state = State.Value;
        }

        while (!_in.TryTake("]"))
        {
            if (_in.IsAtEnd)
            {
                throw new FormatException("premature end of char-class");
            }

            if (_in.TryTake("&&"))
            {
                Intersect();
                state = State.Start;
            }
            else
            {
                state = Part(state, depth);
            }
        }

        Intersect();
        return (_before!, isNegative);
    }

    private void Intersect()
    {
        Settle();
        CharacterSet part = CharacterSet.Union(_parts);
        _before = _before?.Intersect(part) ?? part;
        _parts.Clear();
    }

    private void Settle()
    {
        if (_pending is >= 0 and <= CharacterSet.Last)
        {
            _parts.Add(CharacterSet.Of(_pending));
        }

        _pending = -1;
    }

    private State Part(State state, int depth)
    {
        if (_in.Peek == '[')
        {
            Settle();
            _in.Take();
            if (!TryPosix())
            {
                (CharacterSet set, bool isNegative) = Read(_in, _options, depth + 1);
                _parts.Add(isNegative ? set.Complement() : set);
            }

            return State.Complete;
        }

        if (_in.Peek == '-' && state != State.Start)
        {
            return Dash(state);
        }

        if (_escapes.TryReadSet() is { } named)
        {
            Settle();
            _parts.Add(named);
            return State.Complete;
        }

        Settle();
        _pending = Character();
        return State.Value;
    }

    // Between two characters it makes a range; before a bracket or && it is a sign like others.
    private State Dash(State state)
    {
        _in.Take();
        bool isLast = _in.Peek == ']' || _in.TryPeek("&&");
        if (isLast || state == State.Complete)
        {
            if (!isLast && _pending < 0 && _parts.Count > 0 && !_afterRange)
            {
                throw new FormatException("unmatched range specifier in char-class");
            }

            Settle();
            _parts.Add(CharacterSet.Of('-'));
            return State.Complete;
        }

        if (_in.Peek == '[')
        {
            // As the reference does it: what a nested class cuts off is lost.
            _pending = -1;
            return State.Complete;
        }

        if (_escapes.TryReadSet() is not null)
        {
            throw new FormatException("char-class value at end of range");
        }

        int first = _pending;
        int last = Character();
        _pending = -1;
        _afterRange = true;
        _parts.Add(last >= first ? CharacterSet.Of(first, Math.Min(last, CharacterSet.Last)) : throw new FormatException("empty range in char class"));
        return State.Complete;
    }

    // One character; of several in one escape all but the last are parts at once.
    private int Character()
    {
        if (_escapes.TryReadSequence() is { } several)
        {
            _parts.AddRange(several.SkipLast(1).Where(value => value <= CharacterSet.Last).Select(value => CharacterSet.Of(value)));
            return several[^1];
        }

        return _in.TryTake("\\") ? _escapes.ReadCharacter(isInClass: true) : _in.Take("char-class").Value;
    }

    // [:alpha:] or [:^alpha:], behind its first bracket.
    private bool TryPosix()
    {
        foreach (string sign in (string[])[":^", ":"])
        {
            foreach (string name in PosixNames)
            {
                if (_in.TryTake($"{sign}{name}:]"))
                {
                    CharacterSet set = _options.Limit(name, UnicodeClasses.Instance.Find(name)!);
                    _parts.Add(sign.Length == 2 ? set.Complement() : set);
                    return true;
                }
            }
        }

        // As the reference does it: ":]" within twenty signs makes it a class of a wrong name, otherwise it is none.
        return _in.IsPosixLike() ? throw new FormatException("invalid POSIX bracket type") : false;
    }
}
