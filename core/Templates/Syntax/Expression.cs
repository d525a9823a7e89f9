namespace Gptx.Templates;

/// <summary>A part of a template that has a value.</summary>
internal abstract class Expression
{
    public required int Line { get; init; }

    /// <summary>How many levels of expressions lie in it, itself counted.</summary>
    public int Depth { get; set; } = 1;

    public TemplateValue Evaluate(Scope scope, Rendering run)
    {
        run.Budget.Step();
        run.Budget.CheckStack();
        return Value(scope, run);
    }

    protected abstract TemplateValue Value(Scope scope, Rendering run);
}

/// <summary>A number, text, true, false or none.</summary>
internal sealed class Constant(TemplateValue value) : Expression
{
    public TemplateValue Content { get; } = value;

    protected override TemplateValue Value(Scope scope, Rendering run) => Content;
}

/// <summary>A name.</summary>
internal sealed class Name(string name) : Expression
{
    public string Text { get; } = name;

    protected override TemplateValue Value(Scope scope, Rendering run) => Rendering.Look(scope, Text);
}

/// <summary><c>[a, b]</c>.</summary>
internal sealed class ListExpression(List<Expression> items) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        run.Budget.List(items.Count);
        return new ListValue(items.ConvertAll(item => item.Evaluate(scope, run)));
    }
}

/// <summary><c>(a, b)</c>.</summary>
internal sealed class TupleExpression(List<Expression> items) : Expression
{
    public List<Expression> Items { get; } = items;

    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        run.Budget.List(Items.Count);
        return new TupleValue(Items.ConvertAll(item => item.Evaluate(scope, run)));
    }
}

/// <summary><c>{key: value}</c>.</summary>
internal sealed class DictionaryExpression(List<KeyValuePair<Expression, Expression>> pairs) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var made = new DictionaryValue(run);
        foreach (var (key, value) in pairs)
        {
            made.Set(key.Evaluate(scope, run), value.Evaluate(scope, run));
        }

        return made;
    }
}

/// <summary><c>a if test else b</c>.</summary>
internal sealed class Conditional(Expression test, Expression then, Expression? otherwise) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        if (test.Evaluate(scope, run).IsTrue(run))
        {
            return then.Evaluate(scope, run);
        }

        return otherwise?.Evaluate(scope, run) ?? new UndefinedValue($"the inline if-expression on line {Line} evaluated to false and no else section was defined.");
    }
}

/// <summary><c>a and b</c>, <c>a or b</c>: the first that decides.</summary>
internal sealed class Logical(List<Expression> operands, bool isOr) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var value = operands[0].Evaluate(scope, run);
        for (var i = 1; i < operands.Count && value.IsTrue(run) != isOr; i++)
        {
            value = operands[i].Evaluate(scope, run);
        }

        return value;
    }
}

/// <summary><c>not a</c>.</summary>
internal sealed class Not(Expression operand) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run) => BooleanValue.Of(!operand.Evaluate(scope, run).IsTrue(run));
}

/// <summary><c>a &lt; b &lt;= c</c>: true when each holds.</summary>
internal sealed class Comparison(Expression first, List<KeyValuePair<string, Expression>> others) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var left = first.Evaluate(scope, run);
        foreach (var (sign, expression) in others)
        {
            var right = expression.Evaluate(scope, run);
            var holds = sign switch
            {
                "==" => Equality.AreEqual(left, right, run),
                "!=" => !Equality.AreEqual(left, right, run),
                "in" => Membership.Contains(right, left, run),
                "not in" => !Membership.Contains(right, left, run),
                _ => Ordering.Holds(sign, left, right, run),
            };
            if (!holds)
            {
                return BooleanValue.False;
            }

            left = right;
        }

        return BooleanValue.True;
    }
}

/// <summary><c>a + b - c</c>: operators of one rank, from the left.</summary>
internal sealed class Arithmetic(Expression first, List<KeyValuePair<ArithmeticOperator, Expression>> others) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var value = first.Evaluate(scope, run);
        foreach (var (operation, operand) in others)
        {
            value = Operators.Apply(operation, value, operand.Evaluate(scope, run), run);
        }

        return value;
    }
}

/// <summary><c>-a</c>, <c>+a</c>.</summary>
internal sealed class Unary(Expression operand, bool isMinus) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var value = operand.Evaluate(scope, run);
        return isMinus ? PythonMath.Negate(value) : PythonMath.Plus(value);
    }
}

/// <summary><c>a ~ b ~ c</c>: all printed, joined.</summary>
internal sealed class Concatenation(List<Expression> parts) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var values = parts.ConvertAll(part => part.Evaluate(scope, run));
        var isMarkup = run.AutoEscape && values.Exists(value => value is TextValue { IsMarkup: true });
        var into = new BoundedText(run.Budget);
        foreach (var value in values)
        {
            if (isMarkup)
            {
                into.Append(Html.Escape(value, run).Text);
            }
            else
            {
                value.Print(into, run);
            }
        }

        return new TextValue(into.ToString(), isMarkup);
    }
}

/// <summary><c>a.name</c>.</summary>
internal sealed class AttributeExpression(Expression owner, string name) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var value = owner.Evaluate(scope, run);
        run.Line = Line;
        return Members.Attribute(value, name, run);
    }
}

/// <summary><c>a[key]</c>.</summary>
internal sealed class ItemExpression(Expression owner, Expression key) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var value = owner.Evaluate(scope, run);
        var item = key.Evaluate(scope, run);
        run.Line = Line;
        return Members.Item(value, item, run);
    }
}

/// <summary>The <c>1:5:2</c> in <c>a[1:5:2]</c>.</summary>
internal sealed class SliceExpression(Expression? start, Expression? stop, Expression? step) : Expression
{
    protected override TemplateValue Value(Scope scope, Rendering run)
    {
        var parts = new[] { start, stop, step }.Select(part => part?.Evaluate(scope, run) ?? NoneValue.Instance).ToArray();

        // What is sliced by something else than numbers has no such element, as with any key of the wrong kind.
        return Array.TrueForAll(parts, part => part is NoneValue || PythonMath.Integer(part) is not null)
            ? new SliceValue(PythonMath.Integer(parts[0]), PythonMath.Integer(parts[1]), PythonMath.Integer(parts[2]))
            : new ListValue([]);
    }
}
