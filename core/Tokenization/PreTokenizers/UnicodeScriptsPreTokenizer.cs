namespace Gptx.Tokenization;

/// <summary>
/// Splits where the script changes. Hiragana, Katakana and the long vowel mark count as Han, as Japanese mixes them; a space or a
/// character without a script belongs to whatever stands before it, and vanishes at the very beginning, as in the
/// reference, whose scripts are those of Unicode 9.0.
/// </summary>
internal sealed class UnicodeScriptsPreTokenizer : IPreTokenizer
{
    private const int None = -1;
    private const int LongVowelMark = 0x30FC;

    private static readonly CharacterSet[] Scripts = MakeScripts();

    public void Split(AlignedText section, PieceSink pieces)
    {
        ReadOnlySpan<char> text = section.Span;
        int start = -1;
        int last = None;
        for (int at = 0; at < text.Length;)
        {
            int value = PatternText.At(text, at);
            int script = value == ' ' ? None : ScriptOf(value);
            if (script != None && script != last)
            {
                Add(section, start, at, pieces);
                (start, last) = (at, script);
            }

            at += PatternText.Width(value);
        }

        Add(section, start, text.Length, pieces);
    }

    private static void Add(AlignedText section, int start, int end, PieceSink pieces)
    {
        if (start >= 0)
        {
            pieces.Add(section.Slice(start, end - start));
        }
    }

    // The place in the list.
    private static int ScriptOf(int value)
    {
        for (int i = 0; i < Scripts.Length; i++)
        {
            if (Scripts[i].Contains(value))
            {
                return i;
            }
        }

        return None;
    }

    private static CharacterSet[] MakeScripts()
    {
        IReadOnlyDictionary<string, CharacterSet> named = UnicodeClasses.Instance.OldScripts;
        CharacterSet han = CharacterSet.Union(named["han"], named["hiragana"], named["katakana"], CharacterSet.Of(LongVowelMark));
        CharacterSet[] frequent = [named["latin"], CutOff(named["common"]), han];
        string[] done = ["latin", "common", "han", "hiragana", "katakana"];
        return [.. frequent, .. named.Where(entry => !done.Contains(entry.Key)).Select(entry => CutOff(entry.Value))];
    }

    private static CharacterSet CutOff(CharacterSet set) => set.Intersect(CharacterSet.Of(LongVowelMark).Complement());
}
