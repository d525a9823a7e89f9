using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Gptx.Templates;

/// <summary>Capitals and small letters as Python's <c>str</c> makes them: by Unicode's full mappings, in no language in particular.</summary>
internal static class PythonCase
{
    private static readonly FrozenDictionary<int, string> Uppers = Read(CaseTables.Upper);
    private static readonly FrozenDictionary<int, string> Titles = Read(CaseTables.Title);
    private static readonly FrozenDictionary<int, string> Folds = Read(CaseTables.Fold);

    public static string Upper(string text) => Ascii.IsValid(text) ? text.ToUpperInvariant() : Map(text, (into, codePoint, _) => AppendUpper(into, codePoint));

    public static string Lower(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, (into, codePoint, index) => AppendLower(into, codePoint, text, index));

    public static string Fold(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, (into, codePoint, _) =>
    {
        if (Folds.TryGetValue(codePoint, out var folded))
        {
            into.Append(folded);
        }
        else
        {
            AppendLower(into, codePoint, "", 0);
        }
    });

    public static string Swap(string text) => Map(text, (into, codePoint, index) =>
    {
        if (PythonCharacters.IsUpper(codePoint))
        {
            AppendLower(into, codePoint, text, index);
        }
        else if (PythonCharacters.IsLower(codePoint))
        {
            AppendUpper(into, codePoint);
        }
        else
        {
            PythonCharacters.Append(into, codePoint);
        }
    });

    public static string Capitalize(string text) => Map(text, (into, codePoint, index) =>
    {
        if (index == 0)
        {
            AppendTitle(into, codePoint);
        }
        else
        {
            AppendLower(into, codePoint, text, index);
        }
    });

    /// <summary>As <c>str.title</c>: what follows a letter with case is small, every other letter is large.</summary>
    public static string Title(string text)
    {
        var inWord = false;
        return Map(text, (into, codePoint, index) =>
        {
            if (inWord)
            {
                AppendLower(into, codePoint, text, index);
            }
            else
            {
                AppendTitle(into, codePoint);
            }

            inWord = IsCased(codePoint);
        });
    }

    public static bool IsCased(int codePoint) => PythonCharacters.IsUpper(codePoint) || PythonCharacters.IsLower(codePoint) || PythonCharacters.IsTitle(codePoint);

    private static void AppendUpper(StringBuilder into, int codePoint)
    {
        if (Uppers.TryGetValue(codePoint, out var upper))
        {
            into.Append(upper);
        }
        else
        {
            AppendSimple(into, codePoint, Rune.ToUpperInvariant);
        }
    }

    private static void AppendTitle(StringBuilder into, int codePoint)
    {
        if (Titles.TryGetValue(codePoint, out var title))
        {
            into.Append(title);
        }
        else
        {
            AppendUpper(into, codePoint);
        }
    }

    private static void AppendLower(StringBuilder into, int codePoint, string text, int index)
    {
        switch (codePoint)
        {
            case 0x130:
                into.Append("i\u0307");
                break;
            case 0x3A3 when IsFinalSigma(text, index):
                into.Append('\u03C2');
                break;
            case 0x212A:
                into.Append('k');
                break;
            default:
                AppendSimple(into, codePoint, Rune.ToLowerInvariant);
                break;
        }
    }

    private static void AppendSimple(StringBuilder into, int codePoint, Func<Rune, Rune> map)
    {
        if (Rune.IsValid(codePoint))
        {
            into.Append(map(new Rune(codePoint)).ToString());
        }
        else
        {
            into.Append((char)codePoint);
        }
    }

    // A sigma ends a word: a letter with case before it, none after it; what has no case and is not seen (accents, apostrophes) does not count.
    private static bool IsFinalSigma(string text, int index)
    {
        var before = index - 1;
        while (before >= 0 && IsIgnorable(text[before]))
        {
            before--;
        }

        if (before < 0 || !IsCased(text[before]))
        {
            return false;
        }

        var after = index + 1;
        while (after < text.Length && IsIgnorable(text[after]))
        {
            after++;
        }

        return after >= text.Length || !IsCased(text[after]);
    }

    private static bool IsIgnorable(char character) => character is '\'' or '.' or ':' or '\u00B7' or '\u2019' or '^' or '`' or '\u00A8' or '\u00AD'
        || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static string Map(string text, Action<StringBuilder, int, int> append)
    {
        var into = new StringBuilder(text.Length + 8);
        var index = 0;
        foreach (var codePoint in PythonCharacters.CodePoints(text))
        {
            append(into, codePoint, index);
            index += codePoint > 0xFFFF ? 2 : 1;
        }

        return into.ToString();
    }

    private static FrozenDictionary<int, string> Read(string table) => table.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split(':'))
        .ToFrozenDictionary(entry => Code(entry[0]), entry => string.Concat(entry[1].Split('+').Select(code => char.ConvertFromUtf32(Code(code)))));

    private static int Code(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber);
}
