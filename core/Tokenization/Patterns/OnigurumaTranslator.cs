using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// Writes a regular expression of the reference's dialect, Oniguruma's Ruby syntax, as one of .NET: lines, dots, classes and possessive
/// quantifiers mean other things there, and characters beyond U+FFFF are two.
/// </summary>
/// <remarks>What it does not know (back-references, <c>\X</c>, <c>\G</c>, conditions) it refuses.</remarks>
internal sealed class OnigurumaTranslator
{
    private readonly OnigurumaReader _in;
    private readonly StringBuilder _out = new();
    private bool _ignoreCase;
    private bool _dotAll;

    private OnigurumaTranslator(string pattern)
    {
        _in = new OnigurumaReader(pattern);
    }

    /// <summary>Writes a pattern as one of .NET.</summary>
    /// <exception cref="FormatException">The pattern is not well-formed.</exception>
    /// <exception cref="NotSupportedException">The pattern has something that is not known here.</exception>
    public static string Translate(string pattern)
    {
        var translator = new OnigurumaTranslator(pattern);
        translator.Alternatives();
        return translator._in.IsAtEnd ? translator._out.ToString() : throw new FormatException("unmatched close parenthesis");
    }

    // Up to the end or a closing parenthesis. Options set inside hold until there.
    private void Alternatives()
    {
        (bool ignoreCase, bool dotAll) = (_ignoreCase, _dotAll);
        while (!_in.IsAtEnd && _in.Peek != ')')
        {
            if (_in.TryTake("|"))
            {
                _out.Append('|');
                continue;
            }

            int start = _out.Length;
            Atom();
            Quantifiers(start);
        }

        (_ignoreCase, _dotAll) = (ignoreCase, dotAll);
    }

    private void Atom()
    {
        if (_in.TryTake("("))
        {
            Group();
        }
        else if (_in.TryTake("["))
        {
            Func<Rune, bool> contains = OnigurumaClass.Read(_in);
            Write(_ignoreCase ? rune => CaseFolding.Of(rune).Any(contains) : contains);
        }
        else if (_in.TryTake("."))
        {
            bool all = _dotAll;
            Write(rune => all || rune.Value != '\n');
        }
        else if (_in.TryTake("^"))
        {
            _out.Append(@"(?:\A|(?<=\n)(?!\z))");
        }
        else if (_in.TryTake("$"))
        {
            _out.Append(@"(?=\n|\z)");
        }
        else if (_in.TryTake("\\"))
        {
            Escape();
        }
        else
        {
            Literal(_in.Take());
        }
    }

    private void Group()
    {
        if (!_in.TryTake("?"))
        {
            Body("(?:");
            return;
        }

        foreach (string kind in (string[])[":", "=", "!", ">", "<=", "<!"])
        {
            if (_in.TryTake(kind))
            {
                Body($"(?{kind}");
                return;
            }
        }

        if (_in.TryTake("#"))
        {
            while (_in.Take().Value != ')')
            {
            }
        }
        else if (_in.TryTake("<"))
        {
            while (_in.Take().Value != '>')
            {
            }

            Body("(?:");
        }
        else
        {
            Options();
        }
    }

    // (?i) for the rest of the group, (?i:...) for its own.
    private void Options()
    {
        (bool ignoreCase, bool dotAll) = (_ignoreCase, _dotAll);
        bool on = true;
        while (true)
        {
            int sign = _in.Take().Value;
            if (sign == ')')
            {
                // As in Ruby, what follows is a group of its own, with its alternatives.
                _out.Append("(?:");
                Alternatives();
                _out.Append(')');
                return;
            }

            if (sign == ':')
            {
                Body("(?:");
                (_ignoreCase, _dotAll) = (ignoreCase, dotAll);
                return;
            }

            on &= sign != '-';
            _ignoreCase = sign == 'i' ? on : _ignoreCase;
            _dotAll = sign == 'm' ? on : _dotAll;
            if (sign is not ('-' or 'i' or 'm'))
            {
                throw new NotSupportedException($"the option {new Rune(sign)}");
            }
        }
    }

    private void Body(string opening)
    {
        _out.Append(opening);
        Alternatives();
        if (!_in.TryTake(")"))
        {
            throw new FormatException("end pattern with unmatched parenthesis");
        }

        _out.Append(')');
    }

    private void Escape()
    {
        int sign = _in.Peek;
        string? known = sign switch
        {
            'A' => @"\A",
            'z' => @"\z",
            'Z' => @"(?=\n?\z)",
            'R' => @"(?>\r\n|[\n-\r\u0085\u2028\u2029])",
            _ => null,
        };
        if (known is not null)
        {
            _in.Take();
            _out.Append(known);
        }
        else if (_in.TryTake("b") || _in.TryTake("B"))
        {
            string word = CodePointSet.Pattern(UnicodeClasses.IsWordAlone);
            _out.Append(sign == 'b' ? $"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))" : $"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))");
        }
        else if (_in.TryTake("w"))
        {
            Write(UnicodeClasses.IsWordAlone);
        }
        else if (_in.TryTake("W"))
        {
            Write(rune => !UnicodeClasses.IsWordAlone(rune));
        }
        else if (OnigurumaClass.TryReadEscape(_in, out Func<Rune, bool>? contains))
        {
            Write(contains);
        }
        else
        {
            Literal(OnigurumaClass.ReadCharacter(_in));
        }
    }

    private void Literal(Rune rune)
    {
        if (!_ignoreCase)
        {
            _out.Append("(?:").Append(Quoted(rune)).Append(')');
        }
        else if (rune.Value is 's' or 'S' && (_in.TryTake("s") || _in.TryTake("S")))
        {
            _out.Append(@"(?:[sS\u017F][sS\u017F]|[\u00DF\u1E9E])");
        }
        else
        {
            _out.Append("(?:").AppendJoin('|', CaseFolding.Of(rune).Select(Quoted)).Append(')');
        }
    }

    private static string Quoted(Rune rune) => string.Concat(rune.ToString().Select(unit => $"\\u{(int)unit:X4}"));

    private void Write(Func<Rune, bool> contains) => _out.Append(CodePointSet.Pattern(contains));

    private void Quantifiers(int start)
    {
        while (_in.TryTakeQuantifier(out string? quantifier, out bool isPossessive))
        {
            _out.Insert(start, isPossessive ? "(?>(?:" : "(?:(?:").Append(')').Append(quantifier).Append(')');
        }
    }
}

/// <summary>The characters that count as the same where case is ignored.</summary>
internal static class CaseFolding
{
    public static IEnumerable<Rune> Of(Rune rune)
    {
        Rune lower = Rune.ToLowerInvariant(rune);
        IEnumerable<Rune> same = [rune, lower, Rune.ToUpperInvariant(rune), Rune.ToUpperInvariant(lower)];
        same = lower.Value switch
        {
            's' or 0x17F => same.Concat([new Rune('s'), new Rune('S'), new Rune(0x17F)]),
            'k' or 0x212A => same.Concat([new Rune('k'), new Rune('K'), new Rune(0x212A)]),
            0xE5 or 0x212B => same.Concat([new Rune(0xE5), new Rune(0xC5), new Rune(0x212B)]),
            _ => same,
        };
        return same.Distinct();
    }
}
