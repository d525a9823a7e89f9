namespace Gptx.Tokenization;

/// <summary>
/// Runs a program over one text. Ways not gone yet lie on a stack; every step back and every character looked at costs a part of a budget,
/// so that no pattern runs for long: the same ones fail on every machine.
/// </summary>
internal ref struct PatternMatcher
{
    // What a linear search may need, beside the steps that the whole text has; a step back counts as ten characters.
    private const long PerUnit = 1000;
    private const int BackCost = 10;

    private readonly PatternProgram _program;
    private readonly PatternInstruction[] _steps;
    private readonly ReadOnlySpan<char> _text;
    private readonly int[] _slots;
    private readonly BacktrackStack _stack;
    private int _searchStart;

    // What may be matched: the text, and where the text behind is looked at, that up to the place it is looked at from.
    private ReadOnlySpan<char> _open;
    private long _budget;

    public PatternMatcher(PatternProgram program, ReadOnlySpan<char> text, long steps)
    {
        _program = program;
        _steps = program.Instructions;
        _text = text;
        _open = text;
        _slots = new int[program.Slots];
        _stack = new BacktrackStack();
        _budget = steps + (PerUnit * text.Length);
    }

    /// <summary>The steps not taken.</summary>
    public readonly long StepsLeft => _budget;

    /// <summary>The first match from a place on.</summary>
    /// <exception cref="TimeoutException">The budget is spent.</exception>
    public bool TryMatch(int from, out TextRange match)
    {
        _searchStart = from;
        CharacterSet? first = _program.First;
        for (int start = from; start <= _text.Length;)
        {
            int value = PatternText.At(_text, start);
            if (first is null || (value >= 0 && first.Contains(value)))
            {
                Array.Fill(_slots, -1);
                _stack.Count = 0;
                int end = Run(0, start);
                if (end >= 0)
                {
                    match = new TextRange(_slots[0] >= 0 ? _slots[0] : start, end);
                    return true;
                }
            }

            Spend(1);
            start += PatternText.Width(value);
        }

        match = default;
        return false;
    }

    // From a step on to the next Accept: where the match ends, -1 for none. Nothing below the stack's height is touched.
    private int Run(int step, int at)
    {
        int floor = _stack.Count;
        while (true)
        {
            ref readonly PatternInstruction now = ref _steps[step];
            bool goesOn = true;
            switch (now.Step)
            {
                case PatternStep.Accept:
                    return at;
                case PatternStep.Text:
                    goesOn = _open[at..].StartsWith(now.Text);
                    at += goesOn ? now.Text!.Length : 0;
                    step++;
                    break;
                case PatternStep.Set:
                    int value = PatternText.At(_open, at);
                    goesOn = value >= 0 && now.Set!.Contains(value);
                    at += PatternText.Width(value);
                    step++;
                    break;
                case PatternStep.Run or PatternStep.RunPossessive:
                    goesOn = TryRun(now, step, ref at);
                    step++;
                    break;
                case PatternStep.RunLazy:
                    goesOn = CharacterRun.Take(_open, now.Set!, now.A, ref at) == now.A;
                    step++;
                    if (goesOn && now.B > now.A)
                    {
                        _stack.Push(BacktrackKind.Lazy, step, at, now.B == int.MaxValue ? int.MaxValue : now.B - now.A);
                    }

                    break;
                case PatternStep.Branch:
                    if (!CanBegin(now.Set, at))
                    {
                        step = now.A;
                    }
                    else
                    {
                        _stack.Push(BacktrackKind.Branch, now.A, at, 0);
                        step++;
                    }

                    break;
                case PatternStep.Jump:
                    step = now.A;
                    break;
                case PatternStep.Anchor:
                    goesOn = Holds((PatternAnchor)now.A, now.Set, at);
                    step++;
                    break;
                default:
                    goesOn = TryOther(now, ref step, ref at);
                    break;
            }

            if (!goesOn && !TryBack(floor, ref step, ref at))
            {
                return -1;
            }
        }
    }

    // The steps that are rarer than those on characters; false where this way ends.
    private bool TryOther(in PatternInstruction now, ref int step, ref int at)
    {
        bool goesOn = true;
        switch (now.Step)
        {
            case PatternStep.Save:
                Set(now.A, at);
                step++;
                break;
            case PatternStep.Copy:
                Set(now.A, _slots[now.B]);
                step++;
                break;
            case PatternStep.NoProgress:
                step = _slots[now.A] == at ? now.B : step + 1;
                break;
            case PatternStep.Count:
                Set(now.A, 0);
                step++;
                break;
            case PatternStep.Increase:
                Set(now.A, _slots[now.A] + 1);
                step++;
                break;
            case PatternStep.Loop:
                step = Loop(_program.Loops[now.A], step, at);
                break;
            case PatternStep.Ahead:
                goesOn = Ahead(step + 1, at, now.B == 1);
                step = now.A;
                break;
            case PatternStep.Behind:
                PatternLook look = _program.Looks[now.A];
                goesOn = Behind(look, step + 1, at);
                step = look.End;
                break;
            case PatternStep.Reached:
                goesOn = _slots[now.A] == at;
                step++;
                break;
            case PatternStep.Atomic:
                int height = _stack.Count;
                at = Run(step + 1, at);
                goesOn = at >= 0;
                _stack.KeepUndos(height);
                step = now.A;
                break;
            case PatternStep.Reference:
                goesOn = TryReference(now, ref at);
                step++;
                break;
            case PatternStep.Matched:
                step = HasMatched(now.A) ? step + 1 : now.B;
                break;
            case PatternStep.Cluster:
                goesOn = TryCluster(ref at);
                step++;
                break;
            default:
                return false;
        }

        return goesOn;
    }

    private void Set(int slot, int value)
    {
        _stack.Push(BacktrackKind.Undo, slot, _slots[slot], 0);
        _slots[slot] = value;
    }

    // Takes the last way not gone yet that lies above the floor.
    private bool TryBack(int floor, ref int step, ref int at)
    {
        while (_stack.Count > floor)
        {
            Spend(BackCost);
            ref Backtrack way = ref _stack.Top;
            switch (way.Kind)
            {
                case BacktrackKind.Undo:
                    _slots[way.A] = way.B;
                    _stack.Count--;
                    break;
                case BacktrackKind.Branch:
                    (step, at) = (way.A, way.B);
                    _stack.Count--;
                    return true;
                case BacktrackKind.Greedy:
                    // One character less, down to the place C.
                    way.B -= PatternText.Width(PatternText.Before(_text, way.B));
                    (step, at) = (way.A, way.B);
                    if (way.B <= way.C)
                    {
                        _stack.Count--;
                    }

                    return true;
                default:
                    (step, at) = (way.A, way.B);
                    if (CharacterRun.Take(_open, _steps[step - 1].Set!, 1, ref at) == 1)
                    {
                        way.B = at;
                        way.C -= way.C == int.MaxValue ? 0 : 1;
                        _stack.Count -= way.C == 0 ? 1 : 0;
                        return true;
                    }

                    _stack.Count--;
                    break;
            }
        }

        return false;
    }

    private void Spend(int cost)
    {
        _budget -= cost;
        if (_budget < 0)
        {
            throw new TimeoutException();
        }
    }

    private bool TryRun(in PatternInstruction now, int step, ref int at)
    {
        int start = at;
        if (CharacterRun.Take(_open, now.Set!, now.A, ref at) < now.A)
        {
            return false;
        }

        int least = at;
        CharacterRun.Take(_open, now.Set!, now.B == int.MaxValue ? int.MaxValue : now.B - now.A, ref at);
        Spend(at - start);
        if (now.Step == PatternStep.Run && at > least)
        {
            _stack.Push(BacktrackKind.Greedy, step + 1, at, least);
        }

        return true;
    }

    // To the round's first step or behind the loop. A round that cannot begin here is not tried.
    private int Loop(PatternLoop loop, int step, int at)
    {
        int rounds = _slots[loop.Counter];
        if (rounds < loop.Least)
        {
            return step + 1;
        }

        if (rounds == loop.Most || !CanBegin(loop.First, at))
        {
            return loop.End;
        }

        _stack.Push(BacktrackKind.Branch, loop.IsLazy ? step + 1 : loop.End, at, 0);
        return loop.IsLazy ? loop.End : step + 1;
    }

    private readonly bool CanBegin(CharacterSet? first, int at) =>
        first is null || (PatternText.At(_open, at) is >= 0 and var next && first.Contains(next));

    private bool Ahead(int step, int at, bool isWanted)
    {
        int height = _stack.Count;
        if (Run(step, at) < 0)
        {
            return !isWanted;
        }

        if (isWanted)
        {
            _stack.KeepUndos(height);
        }
        else
        {
            _stack.UndoTo(height, _slots);
        }

        return isWanted;
    }

    // Tries the places from which it is so many characters up to here, the nearest first.
    private bool Behind(PatternLook look, int step, int at)
    {
        int before = _slots[look.Target];
        _slots[look.Target] = at;
        ReadOnlySpan<char> open = _open;
        _open = _text[..at];
        int height = _stack.Count;
        bool found = false;
        int start = at;
        for (int length = 0; !found && length <= look.Most; length++)
        {
            if (length >= look.Least)
            {
                found = Run(step, start) >= 0;
            }

            if (start == 0)
            {
                break;
            }

            Spend(1);
            start -= PatternText.Width(PatternText.Before(_text, start));
        }

        if (found && look.IsNegative)
        {
            _stack.UndoTo(height, _slots);
        }
        else if (found)
        {
            _stack.KeepUndos(height);
        }

        _open = open;
        _slots[look.Target] = before;
        return found != look.IsNegative;
    }

    private bool TryReference(in PatternInstruction now, ref int at)
    {
        foreach (int slot in _program.References[now.A])
        {
            if (_slots[slot] < 0)
            {
                continue;
            }

            ReadOnlySpan<char> group = _text[_slots[slot].._slots[slot + 1]];
            Spend(group.Length);
            int end = now.B == 0 ? (_open[at..].StartsWith(group) ? at + group.Length : -1) : UnicodeClasses.Instance.Folding.EndOfSame(group, _open, at);
            if (end >= 0)
            {
                at = end;
                return true;
            }
        }

        return false;
    }

    private readonly bool HasMatched(int list)
    {
        foreach (int slot in _program.References[list])
        {
            if (_slots[slot] >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryCluster(ref int at)
    {
        if (at == _open.Length)
        {
            return false;
        }

        long looked = 0;
        do
        {
            at += PatternText.Width(PatternText.At(_text, at));
            looked++;
        }
        while (at < _open.Length && !GraphemeClusters.IsBorder(_text, at, ref looked));
        Spend((int)Math.Min(looked, int.MaxValue));
        return true;
    }

    private bool Holds(PatternAnchor anchor, CharacterSet? word, int at)
    {
        switch (anchor)
        {
            case PatternAnchor.SearchStart:
                return at == _searchStart;
            case PatternAnchor.Keep:
                Set(0, at);
                return true;
            case PatternAnchor.ClusterBorder or PatternAnchor.NoClusterBorder:
                long looked = 0;
                bool isBorder = GraphemeClusters.IsBorder(_text, at, ref looked);
                Spend((int)Math.Min(looked, int.MaxValue));
                return isBorder == (anchor == PatternAnchor.ClusterBorder);
            default:
                return PatternAnchors.Holds(anchor, word, _text, at);
        }
    }
}
