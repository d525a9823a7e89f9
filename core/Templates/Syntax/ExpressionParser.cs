namespace Gptx.Templates;

/// <summary>Expressions, by the grammar of Jinja: <c>if</c>, <c>or</c>, <c>and</c>, <c>not</c>, comparisons, sums, <c>~</c>, products, powers, signs, then what follows a value.</summary>
internal sealed class ExpressionParser(ParserState state)
{
    private static readonly Dictionary<string, ArithmeticOperator> Products = new(StringComparer.Ordinal)
    {
        ["*"] = ArithmeticOperator.Multiply,
        ["/"] = ArithmeticOperator.Divide,
        ["//"] = ArithmeticOperator.FloorDivide,
        ["%"] = ArithmeticOperator.Modulo,
    };

    private static readonly Dictionary<string, ArithmeticOperator> Sums = new(StringComparer.Ordinal)
    {
        ["+"] = ArithmeticOperator.Add,
        ["-"] = ArithmeticOperator.Subtract,
    };

    private static readonly Dictionary<string, ArithmeticOperator> Powers = new(StringComparer.Ordinal) { ["**"] = ArithmeticOperator.Power };

    private TokenStream Tokens => state.Tokens;

    private int Line => Tokens.Current.Line;

    public Expression Parse(bool withCondition = true)
    {
        state.Enter();
        var expression = withCondition ? ParseCondition() : ParseOr();
        state.Leave();
        return expression;
    }

    /// <summary>An expression, or several with commas between, which make a tuple.</summary>
    public Expression ParseTuple(bool withCondition = true, string? end = null, bool inParentheses = false)
    {
        var line = Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd(end))
        {
            items.Add(Parse(withCondition));
            if (!Tokens.SkipOperator(","))
            {
                break;
            }

            isTuple = true;
        }

        if (!isTuple && items.Count == 1)
        {
            return items[0];
        }

        return isTuple || inParentheses
            ? state.Over(new TupleExpression(items) { Line = line }, [.. items])
            : throw TemplateFault.Syntax(Line, $"Expected an expression, got {PythonText.Quote(Tokens.Current.Described)}");
    }

    /// <summary>The arguments in parentheses.</summary>
    public ArgumentList ParseArguments()
    {
        var line = Line;
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
                more = Parse();
            }
            else if (Tokens.SkipOperator("**"))
            {
                Ensure(moreNamed is null, line);
                moreNamed = Parse();
            }
            else if (Tokens.Current.Kind == TokenKind.Name && Tokens.Following.IsOperator("="))
            {
                Ensure(moreNamed is null, line);
                var name = Tokens.Take().Value;
                Tokens.Take();
                named.Add(new(name, Parse()));
            }
            else
            {
                Ensure(more is null && moreNamed is null && named.Count == 0, line);
                positional.Add(Parse());
            }

            if (!Tokens.Current.IsOperator(")"))
            {
                Tokens.ExpectOperator(",");
            }
        }

        Tokens.ExpectOperator(")");
        return new ArgumentList(positional, named, more, moreNamed);
    }

    /// <summary>A filter by its name, over an expression or over what a block collects.</summary>
    public FilterExpression ParseFilter(Expression? operand)
    {
        var line = Line;
        var name = DottedName();
        var arguments = Tokens.Current.IsOperator("(") ? ParseArguments() : ArgumentList.None;
        var filter = state.Over(new FilterExpression(operand, name, arguments) { Line = line }, arguments, operand);
        if (!filter.IsKnown && !state.IsConditional)
        {
            state.Unknown.Add(TemplateFault.Syntax(line, $"No filter named {PythonText.Quote(name)}."));
        }

        return filter;
    }

    private static void Ensure(bool holds, int line)
    {
        if (!holds)
        {
            throw TemplateFault.Syntax(line, "invalid syntax for function call expression");
        }
    }

    private bool IsTupleEnd(string? end) => Tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || Tokens.Current.IsOperator(")") || (end is not null && Tokens.Current.IsName(end));

    private Expression ParseCondition()
    {
        var line = Line;
        var unknown = state.Unknown.Count;
        var expression = ParseOr();
        while (Tokens.SkipName("if"))
        {
            var test = ParseOr();
            var otherwise = Tokens.SkipName("else") ? Parse() : null;
            expression = state.Over(new Conditional(test, expression, otherwise) { Line = line }, test, expression, otherwise);
            state.Unknown.RemoveRange(unknown, state.Unknown.Count - unknown);
            line = Line;
        }

        return expression;
    }

    private Expression ParseOr() => ParseLogical("or", ParseAnd);

    private Expression ParseAnd() => ParseLogical("and", ParseNot);

    private Expression ParseLogical(string word, Func<Expression> parse)
    {
        var line = Line;
        var first = parse();
        if (!Tokens.Current.IsName(word))
        {
            return first;
        }

        var operands = new List<Expression> { first };
        while (Tokens.SkipName(word))
        {
            operands.Add(parse());
            ParserState.CheckOperands(operands.Count);
        }

        return state.Over(new Logical(operands, word == "or") { Line = line }, [.. operands]);
    }

    private Expression ParseNot()
    {
        if (!Tokens.Current.IsName("not"))
        {
            return ParseComparison();
        }

        state.Enter();
        var line = Tokens.Take().Line;
        var operand = ParseNot();
        state.Leave();
        return state.Over(new Not(operand) { Line = line }, operand);
    }

    private Expression ParseComparison()
    {
        var line = Line;
        var first = ParseSum();
        List<KeyValuePair<string, Expression>>? others = null;
        while (ComparisonSign() is { } sign)
        {
            (others ??= []).Add(new(sign, ParseSum()));
        }

        return others is null ? first : state.Over(new Comparison(first, others) { Line = line }, [first, .. others.Select(other => other.Value)]);
    }

    private string? ComparisonSign()
    {
        var token = Tokens.Current;
        if (token is { Kind: TokenKind.Operator, Value: "==" or "!=" or "<" or "<=" or ">" or ">=" })
        {
            return Tokens.Take().Value;
        }

        if (Tokens.SkipName("in"))
        {
            return "in";
        }

        if (token.IsName("not") && Tokens.Following.IsName("in"))
        {
            Tokens.Take();
            Tokens.Take();
            return "not in";
        }

        return null;
    }

    private Expression ParseSum() => ParseArithmetic(Sums, ParseConcatenation);

    private Expression ParseConcatenation()
    {
        var line = Line;
        var first = ParseProduct();
        if (!Tokens.Current.IsOperator("~"))
        {
            return first;
        }

        var parts = new List<Expression> { first };
        while (Tokens.SkipOperator("~"))
        {
            parts.Add(ParseProduct());
        }

        return state.Over(new Concatenation(parts) { Line = line }, [.. parts]);
    }

    private Expression ParseProduct() => ParseArithmetic(Products, ParsePower);

    private Expression ParsePower() => ParseArithmetic(Powers, () => ParseUnary(withFilter: true));

    private Expression ParseArithmetic(Dictionary<string, ArithmeticOperator> operators, Func<Expression> parse)
    {
        var line = Line;
        var first = parse();
        List<KeyValuePair<ArithmeticOperator, Expression>>? others = null;
        while (Tokens.Current.Kind == TokenKind.Operator && operators.TryGetValue(Tokens.Current.Value, out var operation))
        {
            Tokens.Take();
            (others ??= []).Add(new(operation, parse()));
            ParserState.CheckOperands(others.Count);
        }

        return others is null ? first : state.Over(new Arithmetic(first, others) { Line = line }, [first, .. others.Select(other => other.Value)]);
    }

    private Expression ParseUnary(bool withFilter)
    {
        var token = Tokens.Current;
        Expression expression;
        if (token.IsOperator("-") || token.IsOperator("+"))
        {
            state.Enter();
            Tokens.Take();
            var operand = ParseUnary(withFilter: false);
            state.Leave();
            expression = state.Over(new Unary(operand, token.Value == "-") { Line = token.Line }, operand);
        }
        else
        {
            expression = ParsePrimary();
        }

        expression = ParsePostfix(expression);
        return withFilter ? ParseFilters(expression) : expression;
    }

    private Expression ParsePrimary()
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
                var inner = ParseTuple(inParentheses: true);
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
            items.Add(Parse());
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
            var key = Parse();
            Tokens.ExpectOperator(":");
            pairs.Add(new(key, Parse()));
            if (!Tokens.Current.IsOperator("}"))
            {
                Tokens.ExpectOperator(",");
            }
        }

        Tokens.ExpectOperator("}");
        return state.Over(new DictionaryExpression(pairs) { Line = line }, [.. pairs.Select(pair => pair.Key), .. pairs.Select(pair => pair.Value)]);
    }

    private Expression ParsePostfix(Expression expression)
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

    private Expression ParseFilters(Expression expression)
    {
        while (true)
        {
            if (Tokens.SkipOperator("|"))
            {
                expression = ParseFilter(expression);
            }
            else if (Tokens.Current.IsName("is"))
            {
                expression = ParseTest(expression);
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

    private CallExpression ParseCall(Expression function)
    {
        var line = Line;
        var arguments = ParseArguments();
        return state.Over(new CallExpression(function, arguments) { Line = line }, arguments, function);
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
            start = Parse();
            if (!Tokens.Current.IsOperator(":"))
            {
                return start;
            }
        }

        Tokens.Take();
        var stop = EndsSlice || Tokens.Current.IsOperator(":") ? null : Parse();
        var step = Tokens.SkipOperator(":") && !EndsSlice ? Parse() : null;
        return state.Over(new SliceExpression(start, stop, step) { Line = line }, start, stop, step);
    }

    private bool EndsSlice => Tokens.Current.IsOperator("]") || Tokens.Current.IsOperator(",");

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
        var arguments = ParseTestArguments();
        Expression test = state.Over(new TestExpression(operand, name, arguments) { Line = line }, arguments, operand);
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
            return ParseArguments();
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

        return new ArgumentList([ParsePostfix(ParsePrimary())], [], more: null, moreNamed: null);
    }
}
