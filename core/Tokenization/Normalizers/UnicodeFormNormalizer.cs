using System.Runtime.InteropServices;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>The Unicode normalization forms NFD, NFKD, NFC and NFKC.</summary>
internal sealed class UnicodeFormNormalizer : INormalizer
{
    private readonly bool _compatible;
    private readonly bool _compose;
    private readonly CharacterMap _map;

    /// <summary>Makes a normalizer.</summary>
    /// <param name="compatible">Whether characters that only look like others become those (the forms with K).</param>
    /// <param name="compose">Whether letters and marks are put together again (the forms with C).</param>
    public UnicodeFormNormalizer(bool compatible, bool compose)
    {
        _compatible = compatible;
        _compose = compose;
        _map = new CharacterMap(new Whole(this));
    }

    public bool IsLocal => true;

    public AlignedText Normalize(AlignedText text)
    {
        int first = NextToChange(text.Span, 0);
        if (first == text.Length)
        {
            return text;
        }

        // What stays as it is, is passed over; the rest is done with the character before it, which marks may compose with.
        var rewriter = new TextRewriter(text);
        while (rewriter.Next < text.Length)
        {
            int start = Math.Max(rewriter.Next, first - 1);
            int end = first;
            while (end < text.Length && !Stays(text.Span[end]))
            {
                end++;
            }

            rewriter.KeepTo(start);
            rewriter.Append(NormalizeAll(text.Slice(start, end - start)), end);
            first = NextToChange(text.Span, end);
            if (first == text.Length)
            {
                rewriter.KeepTo(first);
            }
        }

        return rewriter.ToText();
    }

    private int NextToChange(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && Stays(text[from]))
        {
            from++;
        }

        return from;
    }

    // A character that is what it becomes, and that nothing before it changes.
    private bool Stays(char unit) => unit < 0x80 || (_map[unit] == unit && !(_compose && UnicodeData.Instance.ComposesBehind(unit)));

    /// <summary>The form of a text without passing over what stays as it is.</summary>
    internal AlignedText NormalizeAll(AlignedText text)
    {
        List<Step> steps = Decompose(text.Span);
        var rewriter = new TextRewriter(text);
        foreach (Step step in _compose ? Compose(steps) : steps)
        {
            rewriter.Write(step.Rune, step.Change);
        }

        return rewriter.ToText();
    }

    // A character's first part takes its place, the others are put in behind; then marks are sorted by their classes.
    private List<Step> Decompose(ReadOnlySpan<char> text)
    {
        UnicodeData data = UnicodeData.Instance;
        var steps = new List<Step>();
        var parts = new List<Rune>();
        int unsorted = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            parts.Clear();
            data.Decompose(rune.Value, _compatible, parts);
            for (int i = 0; i < parts.Count; i++)
            {
                int combiningClass = data.ClassOf(parts[i]);
                if (combiningClass == 0)
                {
                    Sort(steps, unsorted);
                    unsorted = steps.Count + 1;
                }

                steps.Add(new Step(parts[i], i == 0 ? 0 : 1, combiningClass));
            }
        }

        Sort(steps, unsorted);
        return steps;
    }

    private static void Sort(List<Step> steps, int from)
    {
        if (steps.Count - from > 1)
        {
            Step[] sorted = [.. steps.Skip(from).OrderBy(step => step.Class)]; // keeps the order of equals
            steps.RemoveRange(from, sorted.Length);
            steps.AddRange(sorted);
        }
    }

    // A mark is put together with the last letter unless a mark between the two has a class as high.
    private static List<Step> Compose(List<Step> steps)
    {
        var composed = new List<Step>();
        int letter = -1;
        int last = -1;
        foreach (Step step in steps)
        {
            bool blocked = last >= step.Class && last >= 0;
            if (letter >= 0 && !blocked && UnicodeData.Instance.TryCompose(composed[letter].Rune, step.Rune, out Rune rune))
            {
                composed[letter] = new Step(rune, composed[letter].Change + step.Change - 1, 0);
                continue;
            }

            if (step.Class == 0)
            {
                letter = composed.Count;
                last = -1;
            }
            else if (letter >= 0)
            {
                last = step.Class;
            }

            composed.Add(step);
        }

        return composed;
    }

    private sealed class Whole(UnicodeFormNormalizer form) : INormalizer
    {
        public AlignedText Normalize(AlignedText text) => form.NormalizeAll(text);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(Rune Rune, int Change, int Class);
}
