namespace Gptx.Templates;

/// <summary>A value and what follows it: names, constants, lists and dictionaries; their attributes, items, slices and calls.</summary>
internal sealed class OperandParser(ParserState state, ExpressionParser expressions, ArgumentParser arguments)
{
    private TokenStream Tokens => state.Tokens;

    private int Line => Tokens.Current.Line;

    public Expression ParsePrimary()
    {
        var token = Tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                Tokens.Take();
                state.NameRead(token.Value);
                return token.Value switch
                {
                    "true" or "True" => new Constant(BooleanValue.True) { Line = token.Line },
                    "false" or "False" => new Constant(BooleanValue.False) { Line = token.Line },
                    "none" or "None" => new Constant(NoneValue.Instance) { Line = token.Line },
                    _ => new Name(token.Value) { Line = token.Line },
                };
            case TokenKind.Text:
                var text = Tokens.Take().Value;
                if (Tokens.Current.Kind == TokenKind.Text)
                {
                    var parts = new System.Text.StringBuilder(text);
                    while (Tokens.Current.Kind == TokenKind.Text)
                    {
                        parts.Append(Tokens.Take().Value);
                    }

                    text = parts.ToString();
                }

                return new Constant(new TextValue(text)) { Line = token.Line };
            case TokenKind.Number:
                return new Constant(Tokens.Take().Number!) { Line = token.Line };
            case TokenKind.Operator when token.Value is "(":
                Tokens.Take();
                var inner = expressions.ParseTuple(inParentheses: true);
                Tokens.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Value is "[":
                return ParseList();
            case TokenKind.Operator when token.Value is "{":
                return ParseDictionary();
            default:
                throw TemplateFault.Syntax(token.Line, $"unexpected {PythonText.Quote(token.Described)}");
        }
    }

    private ListExpression ParseList()
    {
        var line = Tokens.Take().Line;
        var items = new List<Expression>();
        while (!Tokens.Current.IsOperator("]"))
        {
            items.Add(expressions.Parse());
            if (!Tokens.Current.IsOperator("]"))
            {
                Tokens.ExpectOperator(",");
            }
        }

        Tokens.ExpectOperator("]");
        return state.Over(new ListExpression(items) { Line = line }, [.. items]);
    }

    private DictionaryExpression ParseDictionary()
    {
        var line = Tokens.Take().Line;
        var pairs = new List<KeyValuePair<Expression, Expression>>();
        while (!Tokens.Current.IsOperator("}"))
        {
            var key = expressions.Parse();
            Tokens.ExpectOperator(":");
            pairs.Add(new(key, expressions.Parse()));
            if (!Tokens.Current.IsOperator("}"))
            {
                Tokens.ExpectOperator(",");
            }
        }

        Tokens.ExpectOperator("}");
        return state.Over(new DictionaryExpression(pairs) { Line = line }, [.. pairs.Select(pair => pair.Key), .. pairs.Select(pair => pair.Value)]);
    }

    public Expression ParsePostfix(Expression expression)
    {
        while (true)
        {
            if (Tokens.Current.IsOperator("."))
            {
                expression = ParseAttribute(expression);
            }
            else if (Tokens.Current.IsOperator("["))
            {
                expression = ParseItem(expression);
            }
            else if (Tokens.Current.IsOperator("("))
            {
                expression = ParseCall(expression);
            }
            else
            {
                return expression;
            }
        }
    }

    public CallExpression ParseCall(Expression function)
    {
        var line = Line;
        var given = arguments.Parse();
        return state.Over(new CallExpression(function, given) { Line = line }, given, function);
    }

    private Expression ParseAttribute(Expression owner)
    {
        var line = Tokens.Take().Line;
        var token = Tokens.Take();
        return token switch
        {
            { Kind: TokenKind.Name } => state.Over(new AttributeExpression(owner, token.Value) { Line = line }, owner),
            { Kind: TokenKind.Number, Number: IntegerValue index } => state.Over(new ItemExpression(owner, new Constant(index) { Line = line }) { Line = line }, owner),
            _ => throw TemplateFault.Syntax(token.Line, "expected name or number"),
        };
    }

    private ItemExpression ParseItem(Expression owner)
    {
        var line = Tokens.Take().Line;
        var keys = new List<Expression>();
        while (!Tokens.Current.IsOperator("]"))
        {
            if (keys.Count > 0)
            {
                Tokens.ExpectOperator(",");
            }

            keys.Add(ParseKey());
        }

        Tokens.ExpectOperator("]");
        var key = keys.Count == 1 ? keys[0] : state.Over(new TupleExpression(keys) { Line = line }, [.. keys]);
        return state.Over(new ItemExpression(owner, key) { Line = line }, owner, key);
    }

    private Expression ParseKey()
    {
        var line = Line;
        Expression? start = null;
        if (!Tokens.Current.IsOperator(":"))
        {
            start = expressions.Parse();
            if (!Tokens.Current.IsOperator(":"))
            {
                return start;
            }
        }

        Tokens.Take();
        var stop = EndsSlice || Tokens.Current.IsOperator(":") ? null : expressions.Parse();
        var step = Tokens.SkipOperator(":") && !EndsSlice ? expressions.Parse() : null;
        return state.Over(new SliceExpression(start, stop, step) { Line = line }, start, stop, step);
    }

    private bool EndsSlice => Tokens.Current.IsOperator("]") || Tokens.Current.IsOperator(",");
}
