namespace Gptx.Templates;

/// <summary>One rendering of a template: what it has spent, where it writes, where it is.</summary>
internal sealed class Rendering
{
    public Rendering(TemplateLimits limits, TimeProvider clock, CancellationToken cancellation)
    {
        Budget = new Budget(limits, cancellation);
        Clock = clock;
        Keys = new Equality(this);
        Whole = new OutputText(Budget, isWhole: true);
        Output = Whole;
        Root = new Scope(parent: null);
    }

    public Budget Budget { get; }

    public TimeProvider Clock { get; }

    public Equality Keys { get; }

    public Random Random { get; } = new();

    /// <summary>The template's whole text.</summary>
    public OutputText Whole { get; }

    /// <summary>Where statements write now.</summary>
    public OutputText Output { get; private set; }

    /// <summary>Variables, and what the template sets outside of loops and macros.</summary>
    public Scope Root { get; }

    /// <summary>The blocks of the template, for <c>self.name()</c>.</summary>
    public IReadOnlyDictionary<string, BlockStatement> Blocks { get; set; } = new Dictionary<string, BlockStatement>(StringComparer.Ordinal);

    public bool AutoEscape { get; set; }

    /// <summary>The line of the statement or call that runs.</summary>
    public int Line { get; set; } = 1;

    public List<GeneratedSpan> Spans { get; } = [];

    /// <summary>A name's value: what was set, a variable, a function of all templates, or undefined.</summary>
    public static TemplateValue Look(Scope scope, string name) => scope.Find(name) ?? (name == "self" ? SelfValue.Instance : GlobalTable.Find(name)) ?? UndefinedValue.Name(name);

    /// <summary>What statements write, collected.</summary>
    public string Capture(IReadOnlyList<Statement> body, Scope scope, out Flow flow)
    {
        var (outer, line) = (Output, Line);
        Output = new OutputText(Budget, isWhole: false);
        flow = Statement.Execute(body, scope, this);
        var text = Output.ToString();
        (Output, Line) = (outer, line);
        return text;
    }

    public TextValue CaptureText(IReadOnlyList<Statement> body, Scope scope) => new(Capture(body, scope, out _), AutoEscape);

    public void Write(TemplateValue value)
    {
        if (AutoEscape)
        {
            Output.Write(Html.Escape(value, this).Text);
        }
        else
        {
            Output.Write(value.Printed(this));
        }
    }
}

/// <summary>What lay in a <c>generation</c> block, in UTF-16 units and in code points of the text written so far.</summary>
internal readonly record struct GeneratedSpan(int Start, int Length, int CodePointStart, int CodePointLength);
