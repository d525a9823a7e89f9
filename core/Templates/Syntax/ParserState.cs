using System.Runtime.CompilerServices;

namespace Gptx.Templates;

/// <summary>What the parsers of statements and of expressions share: the tokens, how deep they are, and what names the macros around have met.</summary>
internal sealed class ParserState(List<Token> tokens, TemplateLimits limits)
{
    private static readonly string[] Special = ["caller", "kwargs", "varargs"];
    private readonly List<MacroNames> _macros = [];
    private int _depth;

    public TokenStream Tokens { get; } = new(tokens);

    /// <summary>How many loops lie around that a break can leave.</summary>
    public int Loops { get; set; }

    /// <summary>How many loops lie around at all.</summary>
    public int AllLoops { get; set; }

    /// <summary>Whether an unknown filter is an error only when it is reached: inside of a condition.</summary>
    public bool IsConditional { get; set; }

    /// <summary>Filters and tests that do not exist and are not inside of a condition.</summary>
    public List<TemplateFault> Unknown { get; } = [];

    public void Enter()
    {
        if (++_depth > limits.Depth)
        {
            throw Budget.TooDeep(limits);
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Budget.TooDeep(limits);
        }
    }

    public void Leave() => _depth--;

    /// <summary>An expression over others, refused where they are nested too deeply.</summary>
    public T Over<T>(T expression, params ReadOnlySpan<Expression?> parts)
        where T : Expression
    {
        foreach (var part in parts)
        {
            expression.Depth = Math.Max(expression.Depth, (part?.Depth ?? 0) + 1);
        }

        return expression.Depth > limits.Depth ? throw Budget.TooDeep(limits) : expression;
    }

    public T Over<T>(T expression, ArgumentList arguments, Expression? part)
        where T : Expression
    {
        expression.Depth = arguments.Depth + 1;
        return Over(expression, part);
    }

    /// <summary>Refuses what the reference cannot compile: far longer chains of operators than a person writes.</summary>
    public static void CheckOperands(int count)
    {
        if (count > 1000)
        {
            throw TemplateFault.Limit("an expression has more than 1000 operands in a row");
        }
    }

    /// <summary>Refuses more than twenty loops in each other, as Python does.</summary>
    public void CheckLoops(int line)
    {
        if (Loops > 20)
        {
            throw TemplateFault.Syntax(line, "too many statically nested blocks: at most 20 loops in each other");
        }
    }

    public void BeginMacro() => _macros.Add(new MacroNames());

    public void EndMacro(Signature signature)
    {
        var met = _macros[^1].Met;
        _macros.RemoveAt(_macros.Count - 1);
        signature.UsesCaller = met.Contains("caller");
        signature.TakesNamed = met.Contains("kwargs") && !signature.Parameters.Contains("kwargs");
        signature.TakesMore = met.Contains("varargs") && !signature.Parameters.Contains("varargs");
    }

    public void NameRead(string name)
    {
        if (Special.Contains(name))
        {
            _macros.ForEach(macro => _ = macro.Written.Contains(name) || macro.Met.Add(name));
        }
    }

    public void NameWritten(string name, int line)
    {
        if (name == "loop" && AllLoops > 0)
        {
            throw TemplateFault.Syntax(line, "Can't assign to special loop variable in for-loop");
        }

        if (Special.Contains(name))
        {
            _macros.ForEach(macro => macro.Written.Add(name));
        }
    }

    private sealed class MacroNames
    {
        public HashSet<string> Met { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Written { get; } = new(StringComparer.Ordinal);
    }
}
