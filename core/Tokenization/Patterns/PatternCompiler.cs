using System.Text;

namespace Gptx.Tokenization;

/// <summary>Writes a regular expression as steps.</summary>
internal sealed class PatternCompiler
{
    private readonly List<PatternInstruction> _steps = [];
    private readonly List<PatternLoop> _loops = [];
    private readonly List<PatternLook> _looks = [];
    private readonly List<int[]> _references = [];
    private readonly IReadOnlyList<PatternGroup> _groups;
    private readonly bool _keepsGroups;
    private readonly PatternShape _shape = new();
    private int _slots;

    private PatternCompiler(PatternNode node, IReadOnlyList<PatternGroup> groups)
    {
        _groups = groups;
        _keepsGroups = PatternShape.HasReferences(node);
        _slots = 1 + (_keepsGroups ? 2 * groups.Count : 0);
    }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="FormatException">A back-reference means no group.</exception>
    public static PatternProgram Compile(PatternNode node, IReadOnlyList<PatternGroup> groups)
    {
        var compiler = new PatternCompiler(node, groups);
        compiler.Write(node);
        compiler.Add(PatternStep.Accept);
        return new PatternProgram([.. compiler._steps], compiler._slots, compiler._loops, compiler._looks, compiler._references, compiler._shape.First(node));
    }

    private int Add(PatternStep step, int a = 0, int b = 0, CharacterSet? set = null, string? text = null)
    {
        _steps.Add(new PatternInstruction(step, a, b, set, text));
        return _steps.Count - 1;
    }

    // The step's number A becomes the place behind the last step.
    private void Aim(int step) => _steps[step] = _steps[step] with { A = _steps.Count };

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case SetNode set:
                Add(PatternStep.Set, set: set.Set);
                break;
            case CharacterNode character:
                Add(PatternStep.Text, text: character.Rune.ToString());
                break;
            case SequenceNode sequence:
                Write(sequence);
                break;
            case AlternativesNode alternatives:
                Write(alternatives);
                break;
            case RepeatNode repeat:
                Write(repeat);
                break;
            case AtomicNode { Part: RepeatNode { Part: SetNode set, IsLazy: false } repeat }:
                Add(PatternStep.RunPossessive, repeat.Least, repeat.Most, set.Set);
                break;
            case AtomicNode atomic:
                Enclosed(PatternStep.Atomic, atomic.Part, 0);
                break;
            case LookNode { IsBehind: false } look:
                Enclosed(PatternStep.Ahead, look.Part, look.IsNegative ? 0 : 1);
                break;
            case LookNode look:
                Behind(look);
                break;
            case AnchorNode anchor:
                Add(PatternStep.Anchor, (int)anchor.Anchor, set: anchor.Word);
                break;
            case GroupNode group:
                Group(group);
                break;
            case ReferenceNode reference:
                Add(PatternStep.Reference, Slots(reference.To), reference.IgnoreCase ? 1 : 0);
                break;
            case ConditionNode condition:
                Condition(condition);
                break;
            default:
                Add(PatternStep.Cluster);
                break;
        }
    }

    private void Write(SequenceNode sequence)
    {
        var text = new StringBuilder();
        foreach (PatternNode part in sequence.Parts)
        {
            if (part is CharacterNode { Rune: var rune })
            {
                text.Append(rune.ToString());
                continue;
            }

            Flush(text);
            Write(part);
        }

        Flush(text);
    }

    private void Flush(StringBuilder text)
    {
        if (text.Length > 0)
        {
            Add(PatternStep.Text, text: text.ToString());
            text.Clear();
        }
    }

    private void Write(AlternativesNode node)
    {
        var ends = new List<int>();
        for (int i = 0; i < node.Parts.Count; i++)
        {
            bool isLast = i == node.Parts.Count - 1;
            int branch = isLast ? -1 : Add(PatternStep.Branch, set: _shape.First(node.Parts[i]));
            Write(node.Parts[i]);
            if (!isLast)
            {
                ends.Add(Add(PatternStep.Jump));
                Aim(branch);
            }
        }

        ends.ForEach(Aim);
    }

    private void Write(RepeatNode node)
    {
        if (node.Most == 0)
        {
            return;
        }

        if (Single(node.Part) is { } set)
        {
            Add(node.IsLazy ? PatternStep.RunLazy : PatternStep.Run, node.Least, node.Most, set);
        }
        else if (node is { Least: 0, Most: 1, IsLazy: false })
        {
            int branch = Add(PatternStep.Branch, set: _shape.First(node.Part));
            Write(node.Part);
            Aim(branch);
        }
        else
        {
            Loop(node);
        }
    }

    private static CharacterSet? Single(PatternNode node) => node switch
    {
        SetNode set => set.Set,
        CharacterNode character => CharacterSet.Of(character.Rune.Value),
        _ => null,
    };

    private void Loop(RepeatNode node)
    {
        int counter = _slots++;
        var loop = new PatternLoop(counter, node.Least, node.Most, node.IsLazy, _shape.First(node.Part));
        _loops.Add(loop);
        int index = _loops.Count - 1;
        Add(PatternStep.Count, counter);
        int head = Add(PatternStep.Loop, index);
        Add(PatternStep.Increase, counter);
        bool mayBeEmpty = _shape.Lengths(node.Part).Least == 0;
        int place = mayBeEmpty ? _slots++ : 0;
        if (mayBeEmpty)
        {
            Add(PatternStep.Save, place);
        }

        Write(node.Part);
        if (mayBeEmpty)
        {
            Add(PatternStep.NoProgress, place, _steps.Count + 2);
        }

        Add(PatternStep.Jump, head);
        loop.End = _steps.Count;
    }

    private void Enclosed(PatternStep step, PatternNode part, int b)
    {
        int start = Add(step, b: b);
        Write(part);
        Add(PatternStep.Accept);
        Aim(start);
    }

    private void Behind(LookNode node)
    {
        (int least, int most) = _shape.Lengths(node.Part);
        var look = new PatternLook(_slots++, least, most, node.IsNegative);
        _looks.Add(look);
        Add(PatternStep.Behind, _looks.Count - 1);
        Write(node.Part);
        Add(PatternStep.Reached, look.Target);
        Add(PatternStep.Accept);
        look.End = _steps.Count;
    }

    private void Group(GroupNode node)
    {
        if (!_keepsGroups)
        {
            Write(node.Part);
            return;
        }

        // The begin becomes the group's only at its end: until then a reference means the text of the round before.
        int begin = _slots++;
        Add(PatternStep.Save, begin);
        Write(node.Part);
        int slot = SlotOf(node.Group);
        Add(PatternStep.Copy, slot, begin);
        Add(PatternStep.Save, slot + 1);
    }

    private void Condition(ConditionNode node)
    {
        int test = Add(PatternStep.Matched, Slots(node.On));
        Write(node.Then);
        int end = Add(PatternStep.Jump);
        _steps[test] = _steps[test] with { B = _steps.Count };
        Write(node.Else);
        Aim(end);
    }

    private static int SlotOf(PatternGroup group) => 1 + (2 * group.Index);

    // Where groups have names the others are not kept, and numbers mean nothing.
    private int Slots(GroupReference reference)
    {
        bool areNamed = _groups.Any(group => group.Name is not null);
        if (reference.Name is null && areNamed)
        {
            throw new FormatException("numbered backref/call is not allowed. (use name)");
        }

        int[] slots = reference.Name is null
            ? [.. _groups.Where(group => group.Index == reference.Number - 1).Select(SlotOf)]
            : [.. _groups.Where(group => group.Name == reference.Name).Reverse().Select(SlotOf)];
        if (slots.Length == 0)
        {
            throw new FormatException("invalid backref number/name");
        }

        _references.Add(slots);
        return _references.Count - 1;
    }
}
