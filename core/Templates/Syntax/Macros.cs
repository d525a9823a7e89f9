namespace Gptx.Templates;

/// <summary>What a macro or the body of a call takes: names, defaults of the last of them, and whether it speaks of caller, kwargs and varargs.</summary>
internal sealed record Signature(List<string> Parameters, List<Expression> Defaults)
{
    public bool UsesCaller { get; set; }

    public bool TakesNamed { get; set; }

    public bool TakesMore { get; set; }
}

/// <summary><c>{% macro name(a, b=1) %}</c>.</summary>
internal sealed class MacroStatement(string name, Signature signature, List<Statement> body) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        scope.Set(name, new MacroValue(name, signature, body, scope));
        return Flow.Next;
    }
}

/// <summary><c>{% call(a) macro(b) %}</c>: calls a macro that calls the body back.</summary>
internal sealed class CallBlock(CallExpression call, Signature signature, List<Statement> body) : Statement
{
    protected override Flow Execute(Scope scope, Rendering run)
    {
        run.Write(call.Evaluate(scope, run, new MacroValue(name: null, signature, body, scope)));
        return Flow.Next;
    }
}

/// <summary>A macro: text made of its body, which sees what was set where the macro was written.</summary>
internal sealed class MacroValue(string? name, Signature signature, List<Statement> body, Scope definition) : TemplateValue
{
    public override string TypeName => "Macro";

    public override bool IsCallable => true;

    public override TemplateValue? Attribute(string attribute, Rendering run) => attribute switch
    {
        "name" => name is null ? NoneValue.Instance : new TextValue(name),
        "arguments" => new TupleValue([.. signature.Parameters.Select(parameter => new TextValue(parameter))]),
        "catch_kwargs" => BooleanValue.Of(signature.TakesNamed),
        "catch_varargs" => BooleanValue.Of(signature.TakesMore),
        "caller" => BooleanValue.Of(signature.UsesCaller),
        "explicit_caller" => BooleanValue.Of(signature.Parameters.Contains("caller")),
        _ => null,
    };

    public override TemplateValue Call(CallArguments arguments, Rendering run)
    {
        run.Budget.Enter();
        var scope = Bind(arguments, run);
        var text = run.CaptureText(body, scope);
        run.Budget.Leave();
        return text;
    }

    public override void Show(BoundedText into, Rendering run) => into.Append(name is null ? "<Macro anonymous>" : $"<Macro {PythonText.Quote(name)}>");

    private Scope Bind(CallArguments arguments, Rendering run)
    {
        var scope = new Scope(definition);
        var named = arguments.Named.ToList();
        var count = signature.Parameters.Count;
        var foundCaller = arguments.Positional.Count >= count && signature.Parameters.Contains("caller");
        for (var i = 0; i < count; i++)
        {
            var parameter = signature.Parameters[i];
            var value = i < arguments.Positional.Count ? arguments.Positional[i] : Take(named, parameter);
            foundCaller |= i >= arguments.Positional.Count && parameter == "caller";
            var withDefault = i - (count - signature.Defaults.Count);
            scope.Set(parameter, value ?? (withDefault >= 0 ? signature.Defaults[withDefault].Evaluate(scope, run) : new UndefinedValue($"parameter {PythonText.Quote(parameter)} was not provided")));
        }

        if (signature.UsesCaller && !foundCaller)
        {
            var caller = Take(named, "caller");
            scope.Set("caller", caller is null or NoneValue ? new UndefinedValue("No caller defined") : caller);
        }

        BindRest(scope, arguments, named, run);
        return scope;
    }

    private void BindRest(Scope scope, CallArguments arguments, List<KeyValuePair<string, TemplateValue>> named, Rendering run)
    {
        if (signature.TakesNamed)
        {
            var rest = new DictionaryValue(run);
            named.ForEach(pair => rest.Set(new TextValue(pair.Key), pair.Value));
            scope.Set("kwargs", rest);
        }
        else if (named.Count > 0)
        {
            throw TemplateFault.Type(named.Exists(pair => pair.Key == "caller")
                ? $"macro {Quoted} was invoked with two values for the special caller argument. This is most likely a bug."
                : $"macro {Quoted} takes no keyword argument {PythonText.Quote(named[0].Key)}");
        }

        if (signature.TakesMore)
        {
            scope.Set("varargs", new TupleValue([.. arguments.Positional.Skip(signature.Parameters.Count)]));
        }
        else if (arguments.Positional.Count > signature.Parameters.Count)
        {
            throw TemplateFault.Type($"macro {Quoted} takes not more than {signature.Parameters.Count} argument(s)");
        }
    }

    private string Quoted => name is null ? "None" : PythonText.Quote(name);

    private static TemplateValue? Take(List<KeyValuePair<string, TemplateValue>> named, string name)
    {
        var place = named.FindIndex(pair => pair.Key == name);
        if (place < 0)
        {
            return null;
        }

        var value = named[place].Value;
        named.RemoveAt(place);
        return value;
    }
}
