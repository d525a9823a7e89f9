namespace Gptx.Templates;

/// <summary>The arguments of a call, a filter or a test: by place, by name, and the lists and dictionaries of more.</summary>
internal sealed class ArgumentParser(ParserState state, ExpressionParser expressions)
{
    private TokenStream Tokens => state.Tokens;

    /// <summary>The arguments in parentheses.</summary>
    public ArgumentList Parse()
    {
        var line = Tokens.Current.Line;
        Tokens.ExpectOperator("(");
        var positional = new List<Expression>();
        var named = new List<KeyValuePair<string, Expression>>();
        Expression? more = null;
        Expression? moreNamed = null;
        while (!Tokens.Current.IsOperator(")"))
        {
            if (Tokens.SkipOperator("*"))
            {
                Ensure(more is null && moreNamed is null, line);
                more = expressions.Parse();
            }
            else if (Tokens.SkipOperator("**"))
            {
                Ensure(moreNamed is null, line);
                moreNamed = expressions.Parse();
            }
            else if (Tokens.Current.Kind == TokenKind.Name && Tokens.Following.IsOperator("="))
            {
                Ensure(moreNamed is null, line);
                var name = Tokens.Take().Value;
                Tokens.Take();
                named.Add(new(name, expressions.Parse()));
            }
            else
            {
                Ensure(more is null && moreNamed is null && named.Count == 0, line);
                positional.Add(expressions.Parse());
            }

            if (!Tokens.Current.IsOperator(")"))
            {
                Tokens.ExpectOperator(",");
            }
        }

        Tokens.ExpectOperator(")");
        return new ArgumentList(positional, named, more, moreNamed);
    }

    private static void Ensure(bool holds, int line)
    {
        if (!holds)
        {
            throw TemplateFault.Syntax(line, "invalid syntax for function call expression");
        }
    }
}
