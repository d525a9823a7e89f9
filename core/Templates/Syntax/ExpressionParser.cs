namespace Gptx.Templates;

/// <summary>Expressions, by the grammar of Jinja: <c>if</c>, <c>or</c>, <c>and</c>, <c>not</c>, comparisons, sums, <c>~</c>, products, powers, signs. <see cref="OperandParser"/> reads what they combine.</summary>
internal sealed class ExpressionParser
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

    private readonly ParserState _state;
    private readonly OperandParser _operands;
    private readonly FilterParser _filters;

    public ExpressionParser(ParserState state)
    {
        _state = state;
        var arguments = new ArgumentParser(state, this);
        _operands = new OperandParser(state, this, arguments);
        _filters = new FilterParser(state, _operands, arguments);
    }

    private TokenStream Tokens => _state.Tokens;

    private int Line => Tokens.Current.Line;

    public Expression Parse(bool withCondition = true)
    {
        _state.Enter();
        var expression = withCondition ? ParseCondition() : ParseOr();
        _state.Leave();
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
            ? _state.Over(new TupleExpression(items) { Line = line }, [.. items])
            : throw TemplateFault.Syntax(Line, $"Expected an expression, got {PythonText.Quote(Tokens.Current.Described)}");
    }

    /// <summary>A filter by its name, over an expression or over what a block collects.</summary>
    public FilterExpression ParseFilter(Expression? operand) => _filters.Parse(operand);

    private bool IsTupleEnd(string? end) => Tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || Tokens.Current.IsOperator(")") || (end is not null && Tokens.Current.IsName(end));

    private Expression ParseCondition()
    {
        var line = Line;
        var unknown = _state.Unknown.Count;
        var expression = ParseOr();
        while (Tokens.SkipName("if"))
        {
            var test = ParseOr();
            var otherwise = Tokens.SkipName("else") ? Parse() : null;
            expression = _state.Over(new Conditional(test, expression, otherwise) { Line = line }, test, expression, otherwise);
            _state.Unknown.RemoveRange(unknown, _state.Unknown.Count - unknown);
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

        return _state.Over(new Logical(operands, word == "or") { Line = line }, [.. operands]);
    }

    private Expression ParseNot()
    {
        if (!Tokens.Current.IsName("not"))
        {
            return ParseComparison();
        }

        _state.Enter();
        var line = Tokens.Take().Line;
        var operand = ParseNot();
        _state.Leave();
        return _state.Over(new Not(operand) { Line = line }, operand);
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

        return others is null ? first : _state.Over(new Comparison(first, others) { Line = line }, [first, .. others.Select(other => other.Value)]);
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

        return _state.Over(new Concatenation(parts) { Line = line }, [.. parts]);
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

        return others is null ? first : _state.Over(new Arithmetic(first, others) { Line = line }, [first, .. others.Select(other => other.Value)]);
    }

    private Expression ParseUnary(bool withFilter)
    {
        var token = Tokens.Current;
        Expression expression;
        if (token.IsOperator("-") || token.IsOperator("+"))
        {
            _state.Enter();
            Tokens.Take();
            var operand = ParseUnary(withFilter: false);
            _state.Leave();
            expression = _state.Over(new Unary(operand, token.Value == "-") { Line = token.Line }, operand);
        }
        else
        {
            expression = _operands.ParsePrimary();
        }

        expression = _operands.ParsePostfix(expression);
        return withFilter ? _filters.ParseAll(expression) : expression;
    }
}
