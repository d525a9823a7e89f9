namespace Gptx.Tokenization;

/// <summary>Writes out what a text or a class matches where case is ignored: ß is ss, and one of two letters may be the Kelvin sign.</summary>
internal static class CaselessText
{
    private static CaseFolding Folding => UnicodeClasses.Instance.Folding;

    /// <summary>Writes out characters whose case is ignored; what is repeated or no character stays.</summary>
    /// <param name="parts">The parts of a sequence.</param>
    /// <param name="several">Whether one character may stand for several, which it may not where the text behind is looked at.</param>
    public static List<PatternNode> Unfold(List<PatternNode> parts, bool several)
    {
        var result = new List<PatternNode>(parts.Count);
        for (int i = 0; i < parts.Count;)
        {
            if (several && SeveralAt(parts, i) is { } found)
            {
                PatternNode letters = new SequenceNode([.. Enumerable.Range(i, found.Length).Select(at => One((CharacterNode)parts[at], false))]);
                result.Add(new AlternativesNode([letters, new SetNode(Same(found.Ones))]));
                i += found.Length;
            }
            else
            {
                result.Add(Repeated(parts[i++], several));
            }
        }

        return result;
    }

    /// <summary>Writes out a class.</summary>
    public static PatternNode Class(CharacterSet set, bool isNegative, bool ignoreCase, bool several)
    {
        CharacterSet closed = ignoreCase ? Folding.Close(set) : set;
        var node = new SetNode(isNegative ? closed.Complement() : closed);
        string[] texts = ignoreCase && several && !isNegative ? [.. Folding.SeveralOf(set)] : [];
        return texts.Length == 0 ? node : new AlternativesNode([node, .. texts.Select(Letters)]);
    }

    private static PatternNode Repeated(PatternNode part, bool several) => part switch
    {
        CharacterNode { IgnoreCase: true } character => One(character, several),
        RepeatNode { Part: var inner } repeat => repeat with { Part = Repeated(inner, several) },
        AtomicNode { Part: RepeatNode inner } => new AtomicNode(Repeated(inner, several)),
        _ => part,
    };

    private static PatternNode One(CharacterNode character, bool several)
    {
        if (!character.IgnoreCase)
        {
            return character;
        }

        var same = new SetNode(Same([character.Rune.Value]));
        return several && Folding.Several(character.Rune.Value) is { } text
            ? new AlternativesNode([Letters(text), new SetNode(Same([character.Rune.Value, .. Folding.FromSeveral(text)]))])
            : same;
    }

    // The longest run from here on that some single characters fold to.
    private static (int Length, IReadOnlyList<int> Ones)? SeveralAt(List<PatternNode> parts, int start)
    {
        for (int length = 3; length >= 2; length--)
        {
            if (start + length > parts.Count || !parts.Skip(start).Take(length).All(part => part is CharacterNode { IgnoreCase: true }))
            {
                continue;
            }

            string folded = string.Concat(parts.Skip(start).Take(length)
                .Select(part => char.ConvertFromUtf32(Folding.Folded(((CharacterNode)part).Rune.Value))));
            if (Folding.FromSeveral(folded) is { Count: > 0 } ones)
            {
                return (length, ones);
            }
        }

        return null;
    }

    private static SequenceNode Letters(string text) => new([.. text.EnumerateRunes().Select(rune => new SetNode(Same([rune.Value])))]);

    private static CharacterSet Same(IEnumerable<int> values) =>
        CharacterSet.Union(values.SelectMany(value => Folding.Same(value)).Select(value => CharacterSet.Of(value)));
}
