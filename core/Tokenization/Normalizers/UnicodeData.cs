using System.Globalization;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>
/// Decompositions, compositions and combining classes of Unicode. Read from a table of our own: .NET leaves text as it is where
/// globalization is invariant, and elsewhere the version of Unicode would depend on the machine.
/// </summary>
internal sealed class UnicodeData
{
    private const string Resource = "Gptx.Tokenization.UnicodeDecompositions.txt";

    // Hangul is computed: 19 leading consonants, 21 vowels, 27 trailing consonants.
    private const int HangulFirst = 0xAC00;
    private const int LeadingFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TrailingBefore = 0x11A7;
    private const int Vowels = 21;
    private const int Trailings = 28;
    private const int HangulCount = 19 * Vowels * Trailings;

    private static readonly Lazy<UnicodeData> Shared = new(() => new UnicodeData());

    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatible = [];
    private readonly Dictionary<(int First, int Second), int> _composed = [];
    private readonly Dictionary<int, byte> _classes = [];
    private readonly HashSet<int> _seconds = [];

    private UnicodeData()
    {
        using Stream stream = typeof(UnicodeData).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        while (reader.ReadLine() is { } line)
        {
            int sign = line.AsSpan().IndexOfAny("=!~:#");
            if (line[sign] == ':')
            {
                ReadClass(byte.Parse(line.AsSpan(0, sign), CultureInfo.InvariantCulture), line[(sign + 1)..]);
            }
            else if (line[sign] != '#')
            {
                ReadDecomposition(Hex(line.AsSpan(0, sign)), line[sign], [.. line[(sign + 1)..].Split(' ').Select(text => Hex(text))]);
            }
        }
    }

    public static UnicodeData Instance => Shared.Value;

    /// <summary>The canonical combining class: 0 for characters that stand alone.</summary>
    public int ClassOf(Rune rune) => _classes.GetValueOrDefault(rune.Value);

    /// <summary>Adds a character's full decomposition, which is the character itself where it has none.</summary>
    public void Decompose(int value, bool compatible, List<Rune> parts)
    {
        if (value is >= HangulFirst and < HangulFirst + HangulCount)
        {
            int index = value - HangulFirst;
            parts.Add(new Rune(LeadingFirst + (index / (Vowels * Trailings))));
            parts.Add(new Rune(VowelFirst + (index / Trailings % Vowels)));
            if (index % Trailings > 0)
            {
                parts.Add(new Rune(TrailingBefore + (index % Trailings)));
            }
        }
        else if (_canonical.TryGetValue(value, out int[]? mapping) || (compatible && _compatible.TryGetValue(value, out mapping)))
        {
            foreach (int part in mapping)
            {
                Decompose(part, compatible, parts);
            }
        }
        else
        {
            parts.Add(new Rune(value));
        }
    }

    /// <summary>Whether some character composes with this one behind it.</summary>
    public bool ComposesBehind(char unit) => unit is >= (char)VowelFirst and < (char)(TrailingBefore + Trailings) || _seconds.Contains(unit);

    /// <summary>The character that two compose to.</summary>
    public bool TryCompose(Rune first, Rune second, out Rune composed)
    {
        int leading = first.Value - LeadingFirst;
        int vowel = second.Value - VowelFirst;
        int syllable = first.Value - HangulFirst;
        int trailing = second.Value - TrailingBefore;
        int value = -1;
        if (leading is >= 0 and < 19 && vowel is >= 0 and < Vowels)
        {
            value = HangulFirst + (((leading * Vowels) + vowel) * Trailings);
        }
        else if (syllable is >= 0 and < HangulCount && syllable % Trailings == 0 && trailing is > 0 and < Trailings)
        {
            value = first.Value + trailing;
        }
        else if (_composed.TryGetValue((first.Value, second.Value), out int found))
        {
            value = found;
        }

        composed = value < 0 ? default : new Rune(value);
        return value >= 0;
    }

    private void ReadClass(byte combiningClass, string ranges)
    {
        foreach (string range in ranges.Split(' '))
        {
            int dash = range.IndexOf('-', StringComparison.Ordinal);
            for (int value = Hex(range.AsSpan(0, dash)); value <= Hex(range.AsSpan(dash + 1)); value++)
            {
                _classes[value] = combiningClass;
            }
        }
    }

    private void ReadDecomposition(int value, char kind, int[] parts)
    {
        (kind == '~' ? _compatible : _canonical)[value] = parts;
        if (kind == '=' && parts.Length == 2)
        {
            _composed[(parts[0], parts[1])] = value;
            _seconds.Add(parts[1]);
        }
    }

    private static int Hex(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
