using System.Text;

namespace Gptx.Tokenization;

/// <summary>A part of a regular expression as it was read.</summary>
internal abstract record PatternNode
{
    /// <summary>The node that matches the empty text.</summary>
    public static PatternNode Empty { get; } = new SequenceNode([]);
}

/// <summary>One character of a set.</summary>
internal sealed record SetNode(CharacterSet Set) : PatternNode;

/// <summary>One character that is written out.</summary>
internal sealed record CharacterNode(Rune Rune, bool IgnoreCase) : PatternNode;

/// <summary>One part behind the other.</summary>
internal sealed record SequenceNode(IReadOnlyList<PatternNode> Parts) : PatternNode;

/// <summary>One of several, the first that leads to a match.</summary>
internal sealed record AlternativesNode(IReadOnlyList<PatternNode> Parts) : PatternNode;

/// <summary>A part repeated; <see cref="int.MaxValue"/> is without end.</summary>
internal sealed record RepeatNode(PatternNode Part, int Least, int Most, bool IsLazy) : PatternNode;

/// <summary>A part that gives nothing back once it matched.</summary>
internal sealed record AtomicNode(PatternNode Part) : PatternNode;

/// <summary>A part that must match before or behind this place, or must not.</summary>
internal sealed record LookNode(PatternNode Part, bool IsBehind, bool IsNegative) : PatternNode;

/// <summary>A condition of a place.</summary>
internal sealed record AnchorNode(PatternAnchor Anchor, CharacterSet? Word = null) : PatternNode;

/// <summary>A group whose text is kept.</summary>
internal sealed record GroupNode(PatternGroup Group, PatternNode Part) : PatternNode;

/// <summary>The text of a group once more.</summary>
internal sealed record ReferenceNode(GroupReference To, bool IgnoreCase) : PatternNode;

/// <summary>One part where a group matched, another where it did not.</summary>
internal sealed record ConditionNode(GroupReference On, PatternNode Then, PatternNode Else) : PatternNode;

/// <summary>The characters up to the next border of grapheme clusters: <c>\X</c>.</summary>
internal sealed record ClusterNode : PatternNode;

/// <summary>Conditions of a place in the text.</summary>
internal enum PatternAnchor
{
    /// <summary><c>\A</c>.</summary>
    TextStart,

    /// <summary><c>\z</c>.</summary>
    TextEnd,

    /// <summary><c>\Z</c>: also before a newline at the end.</summary>
    TextEndOrNewline,

    /// <summary><c>^</c>.</summary>
    LineStart,

    /// <summary><c>$</c>.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    WordBorder,

    /// <summary><c>\B</c>.</summary>
    NoWordBorder,

    /// <summary><c>\G</c>: where this search began.</summary>
    SearchStart,

    /// <summary><c>\y</c>.</summary>
    ClusterBorder,

    /// <summary><c>\Y</c>.</summary>
    NoClusterBorder,

    /// <summary><c>\K</c>: always true; the match begins here.</summary>
    Keep,
}

/// <summary>A group in parentheses.</summary>
/// <param name="Index">Which one it is, from 0.</param>
/// <param name="Name">Its name, null without one.</param>
internal sealed record PatternGroup(int Index, string? Name);

/// <summary>Groups that a back-reference means: by number from 1, or by a name that several may have.</summary>
internal sealed record GroupReference(int Number, string? Name);
