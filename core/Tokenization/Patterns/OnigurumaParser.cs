using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// Reads a regular expression of the reference's dialect, Oniguruma's own syntax: lines, options, classes and intervals mean other things
/// there than in .NET.
/// </summary>
/// <remarks>What it does not know (calls of groups, callouts, absent operators, raw bytes) it refuses by name.</remarks>
internal sealed class OnigurumaParser
{
    /// <summary>How deep groups and classes may be nested.</summary>
    public const int MostNested = 250;

    private const int LongestPattern = 100_000;

    private readonly OnigurumaReader _in;
    private readonly List<PatternGroup> _groups = [];
    private readonly Dictionary<(string, OnigurumaOptions), PatternNode> _classes = [];
    private OnigurumaOptions _options = OnigurumaOptions.None;
    private int _depth;
    private int _lookBehinds;

    private OnigurumaParser(string pattern)
    {
        _in = new OnigurumaReader(pattern);
    }

    private static UnicodeClasses Unicode => UnicodeClasses.Instance;

    /// <summary>Reads a pattern.</summary>
    /// <returns>The pattern, and all its groups in parentheses that are kept.</returns>
    /// <exception cref="FormatException">The pattern is not well-formed.</exception>
    /// <exception cref="NotSupportedException">The pattern has something that is not known here.</exception>
    public static (PatternNode Node, IReadOnlyList<PatternGroup> Groups) Parse(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            throw new NotSupportedException($"a length of {pattern.Length}, more than {LongestPattern}");
        }

        var parser = new OnigurumaParser(pattern);
        PatternNode node = parser.Alternatives();
        return parser._in.IsAtEnd ? (node, parser._groups) : throw new FormatException("unmatched close parenthesis");
    }

    // Up to the end or a closing parenthesis. Options set inside hold until there.
    private PatternNode Alternatives()
    {
        if (++_depth > MostNested)
        {
            throw new NotSupportedException($"nesting deeper than {MostNested}");
        }

        OnigurumaOptions options = _options;
        var parts = new List<PatternNode>();
        do
        {
            parts.Add(Sequence());
        }
        while (_in.TryTake("|"));

        _options = options;
        _depth--;
        return parts.Count == 1 ? parts[0] : new AlternativesNode(parts);
    }

    private PatternNode Sequence()
    {
        var parts = new List<PatternNode>();
        while (!_in.IsAtEnd && _in.Peek is not ('|' or ')'))
        {
            if (_options.Extended && _in.TrySkipSpace())
            {
                continue;
            }

            int count = parts.Count;
            Atom(parts);
            if (parts.Count > count)
            {
                parts[^1] = OnigurumaQuantifiers.Read(_in, parts[^1], _options.Extended);
            }
        }

        parts = CaselessText.Unfold(parts, _lookBehinds == 0);
        return parts.Count == 1 ? parts[0] : new SequenceNode(parts);
    }

    private void Atom(List<PatternNode> parts)
    {
        switch (_in.Peek)
        {
            case '(':
                _in.Take();
                if (Group() is { } group)
                {
                    parts.Add(group);
                }

                break;
            case '[':
                _in.Take();
                parts.Add(Class());
                break;
            case '.':
                _in.Take();
                parts.Add(Dot(_options.DotAll));
                break;
            case '^':
                _in.Take();
                parts.Add(new AnchorNode(PatternAnchor.LineStart));
                break;
            case '$':
                _in.Take();
                parts.Add(new AnchorNode(PatternAnchor.LineEnd));
                break;
            case '\\':
                Escape(parts);
                break;
            case '*' or '+' or '?':
                throw new FormatException("target of repeat operator is not specified");
            case '{' when _in.TryTakeInterval(out _, out _):
                throw new FormatException("target of repeat operator is not specified");
            default:
                parts.Add(Character(_in.Take()));
                break;
        }
    }

    private CharacterNode Character(Rune rune) => new(rune, _options.IgnoreCase);

    private PatternNode Class()
    {
        int start = _in.At;
        (CharacterSet set, bool isNegative) = OnigurumaClass.Read(_in, _options, _depth);
        (string, OnigurumaOptions) key = (_in.Since(start), _options);
        if (!_classes.TryGetValue(key, out PatternNode? node))
        {
            _classes[key] = node = CaselessText.Class(set, isNegative, _options.IgnoreCase, _lookBehinds == 0);
        }

        return node;
    }

    private static SetNode Dot(bool all) => new(all ? CharacterSet.All : CharacterSet.Of('\n').Complement());

    // Null for a comment and for options that hold for nothing.
    private PatternNode? Group()
    {
        if (_in.TryPeek("*"))
        {
            throw new NotSupportedException("a callout (*...)");
        }

        if (!_in.TryTake("?"))
        {
            return Kept(null);
        }

        if (_in.TryTake("#"))
        {
            while (_in.Take("group") is var sign && sign.Value != ')')
            {
                if (sign.Value == '\\' && !_in.IsAtEnd)
                {
                    _in.Take();
                }
            }

            return null;
        }

        return _in switch
        {
            _ when _in.TryTake(":") => Body(),
            _ when _in.TryTake("=") => new LookNode(Body(), IsBehind: false, IsNegative: false),
            _ when _in.TryTake("!") => new LookNode(Body(), IsBehind: false, IsNegative: true),
            _ when _in.TryTake(">") => new AtomicNode(Body()),
            _ when _in.TryTake("<=") => Behind(isNegative: false),
            _ when _in.TryTake("<!") => Behind(isNegative: true),
            _ when _in.TryTake("<") => Kept(Name('>')),
            _ when _in.TryTake("'") => Kept(Name('\'')),
            _ when _in.TryTake("(") => Condition(),
            _ when _in.TryPeek("~") => throw new NotSupportedException("an absent operator (?~...)"),
            _ when _in.TryPeek("{") => throw new NotSupportedException("a callout (?{...})"),
            _ => Options(),
        };
    }

    private PatternNode Body()
    {
        PatternNode node = Alternatives();
        return _in.TryTake(")") ? node : throw new FormatException("end pattern with unmatched parenthesis");
    }

    private LookNode Behind(bool isNegative)
    {
        _lookBehinds++;
        PatternNode body = Body();
        _lookBehinds--;
        return OnigurumaLookBehind.MayStand(body, isNegative)
            ? new LookNode(body, IsBehind: true, isNegative)
            : throw new FormatException("invalid pattern in look-behind");
    }

    private GroupNode Kept(string? name)
    {
        var group = new PatternGroup(_groups.Count, name);
        _groups.Add(group);
        return new GroupNode(group, Body());
    }

    private string Name(char closing)
    {
        string name = _in.TakeUntil(closing);
        bool isName = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.EnumerateRunes().All(Unicode.Word.Contains);
        return isName ? name : throw new FormatException($"invalid group name <{name}>");
    }

    // (?i) for the rest of the group, which is then a group of its own with its alternatives; (?i:...) for its own.
    private PatternNode Options()
    {
        OnigurumaOptions before = _options;
        bool on = true;
        while (true)
        {
            int sign = _in.Take("group").Value;
            if (sign == ')')
            {
                return new SequenceNode([Alternatives()]);
            }

            if (sign == ':')
            {
                PatternNode body = Body();
                _options = before;
                return new SequenceNode([body]);
            }

            if (sign == '-')
            {
                on = false;
            }
            else
            {
                _options = _options.With(sign, on) ?? (sign is 'y' or 'C' or 'I' or 'L'
                    ? throw new NotSupportedException($"the option {(char)sign}")
                    : throw new FormatException("undefined group option"));
            }
        }
    }

    // (?(1)yes|no) and (?(<name>)yes|no).
    private ConditionNode Condition()
    {
        GroupReference? on = char.IsAsciiDigit((char)_in.Peek) ? new GroupReference((int)_in.TakeDigits(10, 6), null)
            : _in.TryTake("<") ? OnigurumaReferences.Named(_groups, _in.TakeUntil('>'))
            : _in.TryTake("'") ? OnigurumaReferences.Named(_groups, _in.TakeUntil('\''))
            : null;
        if (on is null || !_in.TryTake(")"))
        {
            throw new NotSupportedException("a condition other than a group's number or name");
        }

        return Body() switch
        {
            AlternativesNode { Parts: [var then, var otherwise] } => new ConditionNode(on, then, otherwise),
            AlternativesNode => throw new FormatException("invalid if-else syntax"),
            var then => new ConditionNode(on, then, PatternNode.Empty),
        };
    }

    private void Escape(List<PatternNode> parts)
    {
        var escapes = new OnigurumaEscapes(_in, _options);
        if (escapes.TryReadSequence() is { } several)
        {
            parts.AddRange(several.Select(Coded));
            return;
        }

        bool isWord = _in.TryPeek("\\w");
        if (isWord || _in.TryPeek("\\W"))
        {
            _in.Take();
            _in.Take();
            CharacterSet word = _options.Limit("word", Unicode.WordAlone);
            parts.Add(new SetNode(isWord ? word : word.Complement()));
            return;
        }

        if (escapes.TryReadSet() is { } set)
        {
            parts.Add(new SetNode(set));
            return;
        }

        _in.Take();
        parts.Add(Anchor() ?? Special() ?? Coded(escapes.ReadCharacter()));
    }

    private PatternNode Coded(int value) => Rune.IsValid(value) ? Character(new Rune(value)) : new SetNode(CharacterSet.None);

    private AnchorNode? Anchor()
    {
        PatternAnchor? anchor = _in.Peek switch
        {
            'A' => PatternAnchor.TextStart,
            'z' => PatternAnchor.TextEnd,
            'Z' => PatternAnchor.TextEndOrNewline,
            'b' => PatternAnchor.WordBorder,
            'B' => PatternAnchor.NoWordBorder,
            'G' => PatternAnchor.SearchStart,
            'y' => PatternAnchor.ClusterBorder,
            'Y' => PatternAnchor.NoClusterBorder,
            'K' => PatternAnchor.Keep,
            _ => null,
        };
        if (anchor is null)
        {
            return null;
        }

        _in.Take();
        return new AnchorNode(anchor.Value, anchor is PatternAnchor.WordBorder or PatternAnchor.NoWordBorder ? _options.Limit("word", Unicode.WordAlone) : null);
    }

    private PatternNode? Special()
    {
        if (_in.TryTake("R"))
        {
            CharacterSet breaks = CharacterSet.Union(CharacterSet.Of('\n', '\r'), CharacterSet.Of(0x85), CharacterSet.Of(0x2028, 0x2029));
            var both = new SequenceNode([new CharacterNode(new Rune('\r'), false), new CharacterNode(new Rune('\n'), false)]);
            return new AtomicNode(new AlternativesNode([both, new SetNode(breaks)]));
        }

        if (_in.TryTake("X"))
        {
            return new ClusterNode();
        }

        if (_in.TryTake("N") || _in.TryTake("O"))
        {
            return Dot(_in.Since(_in.At - 1) == "O");
        }

        if (_in.TryTake("k<"))
        {
            return new ReferenceNode(OnigurumaReferences.Named(_groups, _in.TakeUntil('>')), _options.IgnoreCase);
        }

        if (_in.TryTake("k'"))
        {
            return new ReferenceNode(OnigurumaReferences.Named(_groups, _in.TakeUntil('\'')), _options.IgnoreCase);
        }

        if (_in.TryPeek("g<") || _in.TryPeek("g'"))
        {
            throw new NotSupportedException("a call of a group, \\g");
        }

        return _in.Peek is >= '1' and <= '9' && OnigurumaReferences.Numbered(_in, _groups) is { } number ? new ReferenceNode(number, _options.IgnoreCase) : null;
    }
}
