namespace Gptx.Tokenization;

/// <summary>What a step of a program does. A and B are the step's numbers.</summary>
internal enum PatternStep
{
    /// <summary>The match is found.</summary>
    Accept,

    /// <summary>No match on this way.</summary>
    Fail,

    /// <summary>The step's text comes next.</summary>
    Text,

    /// <summary>A character of the step's set comes next.</summary>
    Set,

    /// <summary>A to B characters of the set, as many as can be.</summary>
    Run,

    /// <summary>As <see cref="Run"/>, and none is given back.</summary>
    RunPossessive,

    /// <summary>A to B characters of the set, as few as can be.</summary>
    RunLazy,

    /// <summary>Goes on with the next step, later with step A. Where a set is given and the next character is not in it, with A at once.</summary>
    Branch,

    /// <summary>Goes on with step A.</summary>
    Jump,

    /// <summary>Keeps the place in slot A.</summary>
    Save,

    /// <summary>Keeps in slot A what slot B has.</summary>
    Copy,

    /// <summary>Goes on with step B where the place is still that of slot A.</summary>
    NoProgress,

    /// <summary>Sets the counter in slot A to 0.</summary>
    Count,

    /// <summary>Adds 1 to the counter in slot A.</summary>
    Increase,

    /// <summary>Begins one more round of loop A with the next step, or leaves it.</summary>
    Loop,

    /// <summary>A condition of the place: A is a <see cref="PatternAnchor"/>.</summary>
    Anchor,

    /// <summary>What lies up to step A must match from here (B: 1), or must not (B: 0).</summary>
    Ahead,

    /// <summary>What lies up to the end of look A must match up to here, or must not.</summary>
    Behind,

    /// <summary>This place must be that of slot A.</summary>
    Reached,

    /// <summary>What lies up to step A matches, and nothing of it is given back.</summary>
    Atomic,

    /// <summary>The text of one of the groups of list A comes next; B: 1 where case is ignored.</summary>
    Reference,

    /// <summary>Goes on where a group of list A matched, otherwise with step B.</summary>
    Matched,

    /// <summary>The rest of a grapheme cluster.</summary>
    Cluster,
}

/// <summary>A step of a program.</summary>
internal readonly record struct PatternInstruction(PatternStep Step, int A = 0, int B = 0, CharacterSet? Set = null, string? Text = null);

/// <summary>A loop: its counter, the rounds allowed, and where it ends.</summary>
internal sealed record PatternLoop(int Counter, int Least, int Most, bool IsLazy, CharacterSet? First)
{
    public int End { get; set; }
}

/// <summary>A look at what lies behind, of so many characters.</summary>
internal sealed record PatternLook(int Target, int Least, int Most, bool IsNegative)
{
    public int End { get; set; }
}

/// <summary>A regular expression as steps of a machine with a stack of ways not gone yet.</summary>
/// <param name="Instructions">The steps; the first is where a match begins.</param>
/// <param name="Slots">How many places and counters it keeps; slot 0 is where the match begins after <c>\K</c>.</param>
/// <param name="Loops">The loops with counters.</param>
/// <param name="Looks">The looks at what lies behind.</param>
/// <param name="References">For each back-reference the slots of its groups' begins; the end lies in the next one.</param>
/// <param name="First">What a match can begin with, null where that may be anything or nothing.</param>
internal sealed record PatternProgram(
    PatternInstruction[] Instructions,
    int Slots,
    IReadOnlyList<PatternLoop> Loops,
    IReadOnlyList<PatternLook> Looks,
    IReadOnlyList<int[]> References,
    CharacterSet? First);
