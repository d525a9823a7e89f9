using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// The classes that regular expressions name: general categories, scripts, properties, blocks and POSIX classes. From a table of our own,
/// of the Unicode version that the reference has: .NET knows no scripts, and its version would be the machine's.
/// </summary>
internal sealed class UnicodeClasses
{
    private const string Resource = "Gptx.Tokenization.UnicodeClasses.txt";

    private static readonly Lazy<UnicodeClasses> Shared = new(() => new UnicodeClasses());

    private readonly Dictionary<string, CharacterSet> _named = new(StringComparer.Ordinal);
    private readonly List<CharacterSet> _scripts = [];
    private readonly Dictionary<string, CharacterSet> _oldScripts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CharacterSet> _breaks = new(StringComparer.Ordinal);

    private UnicodeClasses()
    {
        string foldings = "";
        string foldingsToSeveral = "";
        using Stream stream = typeof(UnicodeClasses).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            switch (line[0])
            {
                case 'C':
                    foldings = line[2..];
                    break;
                case 'F':
                    foldingsToSeveral = line[2..];
                    break;
                case not '#':
                    ReadClass(line);
                    break;
            }
        }

        Folding = new CaseFolding(foldings, foldingsToSeveral);
        AddGroups();
        AddPosix();
    }

    public static UnicodeClasses Instance => Shared.Value;

    /// <summary>What counts as the same where case is ignored.</summary>
    public CaseFolding Folding { get; }

    /// <summary>The scripts of Unicode 9.0 by name; no character is in two.</summary>
    public IReadOnlyDictionary<string, CharacterSet> OldScripts => _oldScripts;

    /// <summary>The values of Grapheme_Cluster_Break by name.</summary>
    public IReadOnlyDictionary<string, CharacterSet> Breaks => _breaks;

    public CharacterSet Word => _named["word"];

    /// <summary><c>\w</c> and <c>\b</c> outside of brackets, where Oniguruma also counts <c>² ³ ¹ ¼ ½ ¾</c>.</summary>
    public CharacterSet WordAlone { get; private set; } = CharacterSet.None;

    /// <summary>The class of a name, in which case, spaces, <c>_</c> and <c>-</c> do not matter; null where it is not known.</summary>
    public CharacterSet? Find(string name)
    {
        string plain = string.Concat(name.Where(sign => sign is not (' ' or '_' or '-'))).ToLowerInvariant();
        return _named.GetValueOrDefault(plain);
    }

    private void ReadClass(string line)
    {
        int sign = line.IndexOf('=', StringComparison.Ordinal);
        CharacterSet set = Decode(line.AsSpan(sign + 1));
        foreach (string name in line[2..sign].Split(' '))
        {
            Dictionary<string, CharacterSet> classes = line[0] switch
            {
                'B' => _breaks,
                'T' => _oldScripts,
                _ => _named,
            };
            classes[name] = set;
        }

        if (line[0] == 'S')
        {
            _scripts.Add(set);
        }
    }

    private static CharacterSet Decode(ReadOnlySpan<char> text)
    {
        var ranges = new List<(int, int)>();
        int next = 0;
        foreach (Range part in text.Split(' '))
        {
            ReadOnlySpan<char> range = text[part];
            int plus = range.IndexOf('+');
            int first = next + Hex(plus < 0 ? range : range[..plus]);
            int last = first + (plus < 0 ? 0 : Hex(range[(plus + 1)..]));
            ranges.Add((first, last));
            next = last + 1;
        }

        return CharacterSet.Of(ranges);
    }

    private void AddGroups()
    {
        Add("l letter", "lu", "ll", "lt", "lm", "lo");
        Add("lc casedletter", "lu", "ll", "lt");
        Add("m mark combiningmark", "mn", "mc", "me");
        Add("n number", "nd", "nl", "no");
        Add("p punctuation", "pc", "pd", "ps", "pe", "pi", "pf", "po");
        Add("s symbol", "sm", "sc", "sk", "so");
        Add("z separator", "zs", "zl", "zp");
        Add("c other", "cc", "cf", "cs", "co", "cn");
        _named["any"] = CharacterSet.All;
        _named["ascii"] = CharacterSet.Ascii;
        _named["assigned"] = _named["cn"].Complement();
        _named["unknown"] = _named["zzzz"] = CharacterSet.Union(_scripts).Complement();
    }

    private void AddPosix()
    {
        Add("word", "alphabetic", "m", "nd", "pc");
        Add("alnum", "alphabetic", "nd");
        _named["blank"] = CharacterSet.Union(_named["zs"], CharacterSet.Of('\t'));
        _named["graph"] = CharacterSet.Union(_named["space"], _named["cc"], _named["cn"], _named["cs"]).Complement();
        Add("print", "graph", "zs");
        Add("punct", "p", "s");
        Add("posixpunct", "p", "s");
        _named["newline"] = CharacterSet.Of('\n');
        _named["xdigit"] = _named["asciihexdigit"];
        WordAlone = CharacterSet.Union(Word, CharacterSet.Of(0xB2, 0xB3), CharacterSet.Of(0xB9), CharacterSet.Of(0xBC, 0xBE));
    }

    private void Add(string names, params string[] parts)
    {
        CharacterSet set = CharacterSet.Union(parts.Select(part => _named[part]));
        foreach (string name in names.Split(' '))
        {
            _named[name] = set;
        }
    }

    private static int Hex(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
