namespace Gptx.Templates;

/// <summary>The arguments of a call as they are written: by place, by name, <c>*list</c>, <c>**dictionary</c>.</summary>
internal sealed class ArgumentList(List<Expression> positional, List<KeyValuePair<string, Expression>> named, Expression? more, Expression? moreNamed)
{
    public static readonly ArgumentList None = new([], [], more: null, moreNamed: null);

    public int Depth { get; } = new[] { 0 }
        .Concat(positional.Select(argument => argument.Depth))
        .Concat(named.Select(argument => argument.Value.Depth))
        .Append(more?.Depth ?? 0)
        .Append(moreNamed?.Depth ?? 0)
        .Max();

    public CallArguments Evaluate(Scope scope, Rendering run, TemplateValue? caller = null)
    {
        if (positional.Count + named.Count == 0 && more is null && moreNamed is null && caller is null)
        {
            return CallArguments.None;
        }

        run.Budget.List(positional.Count + named.Count);
        var places = positional.ConvertAll(argument => argument.Evaluate(scope, run));
        var names = named.ConvertAll(argument => new KeyValuePair<string, TemplateValue>(argument.Key, argument.Value.Evaluate(scope, run)));
        if (more is not null)
        {
            var list = more.Evaluate(scope, run);
            places.AddRange(list.Elements(run) is null ? throw TemplateFault.Type($"argument after * must be an iterable, not {list.TypeName}") : list.ToList(run));
        }

        if (caller is not null)
        {
            Add(names, "caller", caller);
        }

        if (moreNamed is not null)
        {
            AddMore(names, moreNamed.Evaluate(scope, run), run);
        }

        for (var i = 0; i < names.Count && names.Count > 1; i++)
        {
            run.Budget.Step();
            if (names.FindIndex(name => name.Key == names[i].Key) < i)
            {
                throw TemplateFault.Type($"got multiple values for keyword argument {PythonText.Quote(names[i].Key)}");
            }
        }

        return new CallArguments(places, names);
    }

    private static void Add(List<KeyValuePair<string, TemplateValue>> names, string name, TemplateValue value) => names.Add(new(name, value));

    private static void AddMore(List<KeyValuePair<string, TemplateValue>> names, TemplateValue given, Rendering run)
    {
        if (given is not DictionaryValue dictionary)
        {
            throw TemplateFault.Type($"argument after ** must be a mapping, not {given.TypeName}");
        }

        if (dictionary.Pairs.Count > 1000)
        {
            throw TemplateFault.Limit("a call has more than 1000 arguments by name");
        }

        foreach (var (key, value) in dictionary.Pairs)
        {
            run.Budget.Step();
            Add(names, key is TextValue text ? text.Text : throw TemplateFault.Type("keywords must be strings"), value);
        }
    }
}

/// <summary><c>f(a, b=c)</c>.</summary>
internal sealed class CallExpression(Expression function, ArgumentList arguments) : Expression
{
    public TemplateValue Evaluate(Scope scope, Rendering run, TemplateValue? caller)
    {
        var called = function.Evaluate(scope, run);
        var given = arguments.Evaluate(scope, run, caller);
        run.Line = Line;
        return called.Call(given, run);
    }

    protected override TemplateValue Value(Scope scope, Rendering run) => Evaluate(scope, run, caller: null);
}

/// <summary><c>value|filter(a)</c>; without a value what a filter block or set block has collected.</summary>
internal sealed class FilterExpression(Expression? operand, string name, ArgumentList arguments) : Expression
{
    private readonly TemplateFilter? _filter = FilterTable.Find(name);

    public bool IsKnown => _filter is not null;

    public TemplateValue Apply(TemplateValue collected, Scope scope, Rendering run)
    {
        var value = operand switch
        {
            null => collected,
            FilterExpression inner => inner.Apply(collected, scope, run),
            _ => operand.Evaluate(scope, run),
        };
        run.Budget.CheckStack();
        var given = arguments.Evaluate(scope, run);
        run.Line = Line;
        return _filter is null ? throw TemplateFault.Failed("TemplateRuntimeError", $"No filter named {PythonText.Quote(name)} found.") : _filter(value, given, run);
    }

    protected override TemplateValue Value(Scope scope, Rendering run) => Apply(NoneValue.Instance, scope, run);
}

/// <summary><c>value is test(a)</c>.</summary>
internal sealed class TestExpression(Expression operand, string name, ArgumentList arguments) : Expression
{
    private readonly TemplateTest? _test = TestTable.Find(name);

    public bool IsKnown => _test is not null;

    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var value = operand.Evaluate(scope, run);
        var given = arguments.Evaluate(scope, run);
        run.Line = Line;
        return BooleanValue.Of(_test is null ? throw TemplateFault.Failed("TemplateRuntimeError", $"No test named {PythonText.Quote(name)} found.") : _test(value, given, run));
    }
}
