namespace Gptx.Tokenization;

/// <summary>What can be said of a part of a regular expression without a text.</summary>
internal sealed class PatternShape
{
    // Asked for at each level of nesting, so each answer is kept.
    private readonly Dictionary<PatternNode, (int Least, int Most)> _lengths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PatternNode, (CharacterSet? Set, bool MayBeEmpty)> _begins = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many characters a part matches, at least and at most.</summary>
    public (int Least, int Most) Lengths(PatternNode node)
    {
        if (!_lengths.TryGetValue(node, out (int, int) lengths))
        {
            _lengths[node] = lengths = Count(node);
        }

        return lengths;
    }

    private (int Least, int Most) Count(PatternNode node) => node switch
    {
        SetNode or CharacterNode => (1, 1),
        SequenceNode sequence => sequence.Parts.Select(Lengths).Aggregate((0, 0), (sum, part) => (Sum(sum.Item1, part.Least), Sum(sum.Item2, part.Most))),
        AlternativesNode alternatives => Either([.. alternatives.Parts.Select(Lengths)]),
        RepeatNode repeat when Lengths(repeat.Part) is var part => (Times(part.Least, repeat.Least), Times(part.Most, repeat.Most)),
        AtomicNode atomic => Lengths(atomic.Part),
        GroupNode group => Lengths(group.Part),
        ConditionNode condition => Either([Lengths(condition.Then), Lengths(condition.Else)]),
        ReferenceNode => (0, int.MaxValue),
        ClusterNode => (1, int.MaxValue),
        _ => (0, 0),
    };

    /// <summary>The characters that a part's match can begin with; null where it may be empty or nothing is known.</summary>
    public CharacterSet? First(PatternNode node) => Begin(node) is { Set: { } set, MayBeEmpty: false } ? set : null;

    /// <summary>Whether the text of a group matters.</summary>
    public static bool HasReferences(PatternNode node) => node switch
    {
        ReferenceNode or ConditionNode => true,
        SequenceNode sequence => sequence.Parts.Any(HasReferences),
        AlternativesNode alternatives => alternatives.Parts.Any(HasReferences),
        RepeatNode repeat => HasReferences(repeat.Part),
        AtomicNode atomic => HasReferences(atomic.Part),
        LookNode look => HasReferences(look.Part),
        GroupNode group => HasReferences(group.Part),
        _ => false,
    };

    // What a match begins with where it is not empty; a null set is any character.
    private (CharacterSet? Set, bool MayBeEmpty) Begin(PatternNode node)
    {
        if (!_begins.TryGetValue(node, out (CharacterSet?, bool) begin))
        {
            _begins[node] = begin = Find(node);
        }

        return begin;
    }

    private (CharacterSet? Set, bool MayBeEmpty) Find(PatternNode node)
    {
        switch (node)
        {
            case SetNode set:
                return (set.Set, false);
            case CharacterNode character:
                return (CharacterSet.Of(character.Rune.Value), false);
            case SequenceNode sequence:
                return Begin(sequence);
            case AlternativesNode alternatives:
                (CharacterSet? Set, bool MayBeEmpty)[] parts = [.. alternatives.Parts.Select(Begin)];
                return (parts.All(part => part.Set is not null) ? CharacterSet.Union(parts.Select(part => part.Set!)) : null, parts.Any(part => part.MayBeEmpty));
            case RepeatNode repeat:
                (CharacterSet? first, bool mayBeEmpty) = Begin(repeat.Part);
                return repeat.Most == 0 ? (CharacterSet.None, true) : (first, mayBeEmpty || repeat.Least == 0);
            case AtomicNode atomic:
                return Begin(atomic.Part);
            case GroupNode group:
                return Begin(group.Part);
            case ClusterNode:
                return (null, false);
            case AnchorNode or LookNode:
                return (CharacterSet.None, true);
            default:
                return (null, true);
        }
    }

    private (CharacterSet? Set, bool MayBeEmpty) Begin(SequenceNode sequence)
    {
        var sets = new List<CharacterSet>();
        foreach (PatternNode part in sequence.Parts)
        {
            (CharacterSet? set, bool mayBeEmpty) = Begin(part);
            if (set is null)
            {
                return (null, mayBeEmpty && sequence.Parts.All(other => Begin(other).MayBeEmpty));
            }

            sets.Add(set);
            if (!mayBeEmpty)
            {
                return (sets.Count == 1 ? set : CharacterSet.Union(sets), false);
            }
        }

        return (CharacterSet.Union(sets), true);
    }

    private static (int Least, int Most) Either((int Least, int Most)[] parts) => (parts.Min(part => part.Least), parts.Max(part => part.Most));

    private static int Sum(int left, int right) => (int)Math.Min(int.MaxValue, (long)left + right);

    private static int Times(int left, int right) => (int)Math.Min(int.MaxValue, (long)left * right);
}
