namespace Gptx.Templates;

/// <summary>What stands behind an operand: filters, tests and calls of what they give.</summary>
internal sealed class FilterParser(ParserState state, OperandParser operands, ArgumentParser arguments)
{
    private TokenStream Tokens => state.Tokens;

    private int Line => Tokens.Current.Line;

    /// <summary>A filter by its name, over an expression or over what a block collects.</summary>
    public FilterExpression Parse(Expression? operand)
    {
        var line = Line;
        var name = DottedName();
        var given = Tokens.Current.IsOperator("(") ? arguments.Parse() : ArgumentList.None;
        var filter = state.Over(new FilterExpression(operand, name, given) { Line = line }, given, operand);
        if (!filter.IsKnown && !state.IsConditional)
        {
            state.Unknown.Add(TemplateFault.Syntax(line, $"No filter named {PythonText.Quote(name)}."));
        }

        return filter;
    }

    public Expression ParseAll(Expression expression)
    {
        while (true)
        {
            if (Tokens.SkipOperator("|"))
            {
                expression = Parse(expression);
            }
            else if (Tokens.Current.IsName("is"))
            {
                expression = ParseTest(expression);
            }
            else if (Tokens.Current.IsOperator("("))
            {
                expression = operands.ParseCall(expression);
            }
            else
            {
                return expression;
            }
        }
    }

    private string DottedName()
    {
        var name = Tokens.ExpectName().Value;
        while (Tokens.SkipOperator("."))
        {
            name += "." + Tokens.ExpectName().Value;
        }

        return name;
    }

    private Expression ParseTest(Expression operand)
    {
        var line = Tokens.Take().Line;
        var isNegated = Tokens.SkipName("not");
        var name = DottedName();
        var given = ParseTestArguments();
        Expression test = state.Over(new TestExpression(operand, name, given) { Line = line }, given, operand);
        if (!((TestExpression)test).IsKnown && !state.IsConditional)
        {
            state.Unknown.Add(TemplateFault.Syntax(line, $"No test named {PythonText.Quote(name)}."));
        }

        return isNegated ? state.Over(new Not(test) { Line = line }, test) : test;
    }

    private ArgumentList ParseTestArguments()
    {
        var token = Tokens.Current;
        if (token.IsOperator("("))
        {
            return arguments.Parse();
        }

        var takesOne = token.Kind is TokenKind.Name or TokenKind.Text or TokenKind.Number || token is { Kind: TokenKind.Operator, Value: "[" or "{" };
        if (!takesOne || token.IsName("else") || token.IsName("or") || token.IsName("and"))
        {
            return ArgumentList.None;
        }

        if (token.IsName("is"))
        {
            throw TemplateFault.Syntax(token.Line, "You cannot chain multiple tests with is");
        }

        return new ArgumentList([operands.ParsePostfix(operands.ParsePrimary())], [], more: null, moreNamed: null);
    }
}
