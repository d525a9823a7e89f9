namespace Gptx.Templates;

/// <summary><c>{% for x in values if test recursive %}...{% else %}...{% endfor %}</c>. What is set inside a turn is forgotten after it.</summary>
internal sealed class ForStatement(Target target, Expression values, Expression? test, List<Statement> body, List<Statement> otherwise, bool isRecursive) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Budget.CheckStack();
        var items = values.Evaluate(scope, run);
        if (isRecursive)
        {
            run.Write(Recurse(items, scope, 0, run));
        }
        else
        {
            Turn(items, scope, depth: 0, recurse: null, run);
        }

        return Flow.Next;
    }

    private TextValue Recurse(TemplateValue items, Scope scope, int depth, Rendering run)
    {
        run.Budget.Enter();
        var text = run.CaptureText([new TurnStatement(this, items, depth) { Line = Line }], scope);
        run.Budget.Leave();
        return text;
    }

    private void Turn(TemplateValue items, Scope scope, int depth, Func<TemplateValue, TemplateValue>? recurse, Rendering run)
    {
        using var elements = test is null ? items.Iterate(run) : Filtered(items.Iterate(run), scope, run);
        var loop = new LoopValue(test is null ? items : null, elements, depth, recurse, run);
        var inner = new Scope(scope);
        var wentThrough = false;
        while (loop.MoveNext())
        {
            run.Budget.Step();
            inner.Clear();
            inner.Set("loop", loop);
            target.Assign(loop.Current, inner, run);
            var flow = Execute(body, inner, run);
            wentThrough |= flow == Flow.Next;
            if (flow == Flow.Break)
            {
                break;
            }
        }

        // As in Jinja a loop whose every turn was cut short has its else, too.
        if (!wentThrough)
        {
            Execute(otherwise, new Scope(scope), run);
        }
    }

    private IEnumerator<TemplateValue> Filtered(IEnumerator<TemplateValue> elements, Scope scope, Rendering run)
    {
        var inner = new Scope(scope);
        while (elements.MoveNext())
        {
            run.Budget.Step();
            inner.Clear();
            target.Assign(elements.Current, inner, run);
            if (test!.Evaluate(inner, run).IsTrue(run))
            {
                yield return elements.Current;
            }
        }
    }

    private sealed class TurnStatement(ForStatement loop, TemplateValue items, int depth) : Statement
    {
        protected override Flow Execute(Scope scope, Rendering run)
        {
            loop.Turn(items, scope, depth, deeper => loop.Recurse(deeper, scope, depth + 1, run), run);
            return Flow.Next;
        }
    }
}

/// <summary><c>loop</c> inside of a loop: where it is.</summary>
internal sealed class LoopValue(TemplateValue? source, IEnumerator<TemplateValue> elements, int depth, Func<TemplateValue, TemplateValue>? recurse, Rendering run) : TemplateValue
{
    private readonly Queue<TemplateValue> _ahead = new();
    private TemplateValue? _before;
    private TemplateValue? _changed;
    private TemplateValue? _current;
    private long _index0 = -1;
    private long? _length;

    public override string TypeName => "LoopContext";

    public TemplateValue Current => _current!;

    public override bool IsCallable => true;

    public bool MoveNext()
    {
        if (!Peek())
        {
            return false;
        }

        (_before, _current) = (_current, _ahead.Dequeue());
        _index0++;
        return true;
    }

    public override bool IsTrue(Rendering rendering) => Count() > 0;

    public override long? Length(Rendering rendering) => Count();

    public override TemplateValue? Attribute(string name, Rendering rendering) => name switch
    {
        "index" => IntegerValue.Of(_index0 + 1),
        "index0" => IntegerValue.Of(_index0),
        "revindex" => IntegerValue.Of(Count() - _index0),
        "revindex0" => IntegerValue.Of(Count() - _index0 - 1),
        "first" => BooleanValue.Of(_index0 == 0),
        "last" => BooleanValue.Of(!Peek()),
        "length" => IntegerValue.Of(Count()),
        "depth" => IntegerValue.Of(depth + 1),
        "depth0" => IntegerValue.Of(depth),
        "previtem" => _index0 == 0 ? new UndefinedValue("there is no previous item") : _before,
        "nextitem" => Peek() ? _ahead.Peek() : new UndefinedValue("there is no next item"),
        "cycle" => new CallableValue("LoopContext.cycle", Cycle, "method"),
        "changed" => new CallableValue("LoopContext.changed", Changed, "method"),
        _ => null,
    };

    public override TemplateValue Call(CallArguments arguments, Rendering rendering)
    {
        var items = arguments.Bind("loop", 1, "iterable")[0]!;
        return recurse is null ? throw TemplateFault.Type("The loop must have the 'recursive' marker to be called recursively.") : recurse(items);
    }

    public override void Show(BoundedText into, Rendering rendering) => into.Append($"<LoopContext {_index0 + 1}/{Count()}>");

    private bool Peek()
    {
        if (_ahead.Count > 0)
        {
            return true;
        }

        if (!elements.MoveNext())
        {
            return false;
        }

        _ahead.Enqueue(elements.Current);
        return true;
    }

    private long Count()
    {
        if (_length is null && source?.Length(run) is { } known)
        {
            _length = known;
        }

        if (_length is null)
        {
            while (elements.MoveNext())
            {
                run.Budget.Step();
                run.Budget.Memory(16);
                _ahead.Enqueue(elements.Current);
            }

            _length = _index0 + 1 + _ahead.Count;
        }

        return _length.Value;
    }

    private TemplateValue Cycle(CallArguments arguments, Rendering rendering)
    {
        var values = arguments.Places("cycle", 0, int.MaxValue);
        return values.Count == 0 ? throw TemplateFault.Type("no items for cycling given") : values[(int)(_index0 % values.Count)];
    }

    private BooleanValue Changed(CallArguments arguments, Rendering rendering)
    {
        var value = new TupleValue([.. arguments.Places("changed", 0, int.MaxValue)]);
        if (_changed is not null && Equality.AreEqual(_changed, value, rendering))
        {
            return BooleanValue.False;
        }

        _changed = value;
        return BooleanValue.True;
    }
}
