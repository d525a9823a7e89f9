using System.Diagnostics.CodeAnalysis;

namespace Gptx.Templates;

/// <summary>Statements and text, by the grammar of Jinja with loop controls and <c>generation</c>.</summary>
internal sealed class TemplateParser
{
    private readonly ParserState _state;
    private readonly ExpressionParser _expressions;
    private readonly TargetParser _targets;
    private readonly SignatureParser _signatures;
    private readonly LoadParser _loads;
    private readonly Stack<string[]> _ends = new();
    private readonly Stack<string> _tags = new();
    private readonly Dictionary<string, BlockStatement> _blocks = new(StringComparer.Ordinal);

    private TemplateParser(List<Token> tokens, TemplateLimits limits)
    {
        _state = new ParserState(tokens, limits);
        _expressions = new ExpressionParser(_state);
        _targets = new TargetParser(_state);
        _signatures = new SignatureParser(_state, _expressions);
        _loads = new LoadParser(_state, _expressions, _targets);
    }

    private TokenStream Tokens => _state.Tokens;

    public static (List<Statement> Body, IReadOnlyDictionary<string, BlockStatement> Blocks) Parse(List<Token> tokens, TemplateLimits limits)
    {
        var parser = new TemplateParser(tokens, limits);
        var body = parser.ParseBody();
        return parser._state.Unknown.Count > 0 ? throw parser._state.Unknown[0] : (body, parser._blocks);
    }

    // Up to one of the tags that end it, which is then the current token; to the template's end where there are none.
    private List<Statement> ParseBody(params string[] ends)
    {
        _state.Enter();
        var body = new List<Statement>();
        while (Tokens.Current.Kind != TokenKind.End)
        {
            var token = Tokens.Take();
            if (token.Kind == TokenKind.Data)
            {
                body.Add(new DataStatement(token.Value) { Line = token.Line });
                continue;
            }

            if (token.Kind == TokenKind.VariableBegin)
            {
                body.Add(new PrintStatement(_expressions.ParseTuple()) { Line = token.Line });
                Tokens.Expect(TokenKind.VariableEnd, "end of print statement");
                continue;
            }

            if (Tokens.Current.Kind == TokenKind.Name && ends.Contains(Tokens.Current.Value, StringComparer.Ordinal))
            {
                _state.Leave();
                return body;
            }

            body.AddRange(ParseStatement());
            Tokens.ExpectBlockEnd();
        }

        _state.Leave();
        return body;
    }

    // The body of a tag: a colon is allowed before it, one of the ends must come.
    private List<Statement> ParseInner(params string[] ends)
    {
        Tokens.SkipOperator(":");
        Tokens.ExpectBlockEnd();
        _ends.Push(ends);
        var body = ParseBody(ends);
        if (Tokens.Current.Kind == TokenKind.End)
        {
            throw UnknownTag(name: null, Tokens.Current.Line);
        }

        _ends.Pop();
        return body;
    }

    private List<Statement> ParseClosed(string end)
    {
        var body = ParseInner(end);
        Tokens.Take();
        return body;
    }

    // A body with names of its own: conditions around it do not reach in.
    private List<Statement> ParseScoped(string end)
    {
        var before = _state.IsConditional;
        _state.IsConditional = false;
        var body = ParseClosed(end);
        _state.IsConditional = before;
        return body;
    }

    // A body that is called, so that no break leaves it.
    private List<Statement> ParseCalled(string end)
    {
        var loops = _state.Loops;
        _state.Loops = 0;
        var body = ParseScoped(end);
        _state.Loops = loops;
        return body;
    }

    private IEnumerable<Statement> ParseStatement()
    {
        var token = Tokens.Current.Kind == TokenKind.Name ? Tokens.Take() : throw TemplateFault.Syntax(Tokens.Current.Line, "tag name expected");
        _tags.Push(token.Value);
        var statements = token.Value == "print" ? ParsePrint(token.Line) : [ParseTag(token)];
        _tags.Pop();
        return statements;
    }

    private Statement ParseTag(Token token)
    {
        switch (token.Value)
        {
            case "for":
                return ParseFor(token.Line);
            case "if":
                return ParseIf(token.Line);
            case "set":
                return ParseSet(token.Line);
            case "macro":
                return ParseMacro(token.Line);
            case "call":
                return ParseCall(token.Line);
            case "filter":
                var filter = ParseFilters(_expressions.ParseFilter(operand: null));
                return new FilterBlock(filter, ParseScoped("endfilter")) { Line = token.Line };
            case "with":
                return ParseWith(token.Line);
            case "block":
                return ParseBlock(token.Line);
            case "autoescape":
                return new AutoEscapeStatement(_expressions.Parse(), ParseScoped("endautoescape")) { Line = token.Line };
            case "generation":
                return new GenerationStatement(ParseCalled("endgeneration")) { Line = token.Line };
            case "break" or "continue":
                return _state.Loops > 0
                    ? new JumpStatement(token.Value == "break" ? Flow.Break : Flow.Continue) { Line = token.Line }
                    : throw TemplateFault.Syntax(token.Line, $"'{token.Value}' outside loop");
            case "include" or "import" or "extends" or "from":
                return _loads.Parse(token);
            default:
                _tags.Pop();
                throw UnknownTag(token.Value, token.Line);
        }
    }

    private TemplateFault UnknownTag(string? name, int line)
    {
        var message = name is null ? "Unexpected end of template." : $"Encountered unknown tag {PythonText.Quote(name)}.";
        if (_ends.TryPeek(out var ends))
        {
            var wanted = string.Join(" or ", ends.Select(end => $"'{end}'"));
            message += name is not null && _ends.Any(outer => outer.Contains(name, StringComparer.Ordinal))
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {wanted}."
                : $" Jinja was looking for the following tags: {wanted}.";
        }

        return TemplateFault.Syntax(line, _tags.TryPeek(out var tag) ? $"{message} The innermost block that needs to be closed is {PythonText.Quote(tag)}." : message);
    }

    private List<Statement> ParsePrint(int line)
    {
        var printed = new List<Statement>();
        while (Tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (printed.Count > 0)
            {
                Tokens.ExpectOperator(",");
            }

            printed.Add(new PrintStatement(_expressions.Parse()) { Line = line });
        }

        return printed;
    }

    private ForStatement ParseFor(int line)
    {
        var (wasConditional, loops) = (_state.IsConditional, _state.Loops);
        _state.IsConditional = false;
        _state.AllLoops++;
        var target = _targets.Parse(withNamespace: false, "in");
        Tokens.ExpectName("in");
        var values = _expressions.ParseTuple(withCondition: false, "recursive");
        var test = Tokens.SkipName("if") ? _expressions.Parse() : null;
        var isRecursive = Tokens.SkipName("recursive");
        _state.Loops++;
        _state.CheckLoops(line);
        var body = ParseInner("endfor", "else");
        _state.Loops = loops;
        var otherwise = Tokens.Take().Value == "endfor" ? [] : ParseClosed("endfor");
        _state.AllLoops--;
        _state.IsConditional = wasConditional;
        return new ForStatement(target, values, test, body, otherwise, isRecursive) { Line = line };
    }

    private IfStatement ParseIf(int line)
    {
        var wasConditional = _state.IsConditional;
        _state.IsConditional = true;
        var branches = new List<KeyValuePair<Expression, List<Statement>>>();
        while (true)
        {
            var test = _expressions.ParseTuple(withCondition: false);
            branches.Add(new(test, ParseInner("elif", "else", "endif")));
            var end = Tokens.Take().Value;
            if (end != "elif")
            {
                List<Statement> otherwise = end == "else" ? ParseClosed("endif") : [];
                _state.IsConditional = wasConditional;
                return new IfStatement(branches, otherwise) { Line = line };
            }
        }
    }

    private Statement ParseSet(int line)
    {
        var target = _targets.Parse(withNamespace: true);
        if (Tokens.SkipOperator("="))
        {
            return new SetStatement(target, _expressions.ParseTuple()) { Line = line };
        }

        return new SetBlock(target, ParseFilters(first: null), ParseScoped("endset")) { Line = line };
    }

    // Filters behind a first one, if there is one: each takes what the one before gives.
    [return: NotNullIfNotNull(nameof(first))]
    private FilterExpression? ParseFilters(FilterExpression? first)
    {
        var filter = first;
        while (Tokens.SkipOperator("|"))
        {
            filter = _expressions.ParseFilter(filter);
        }

        return filter;
    }

    private WithStatement ParseWith(int line)
    {
        var values = new List<KeyValuePair<Target, Expression>>();
        while (Tokens.Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0)
            {
                Tokens.ExpectOperator(",");
            }

            var target = _targets.Parse(withNamespace: false);
            Tokens.ExpectOperator("=");
            values.Add(new(target, _expressions.Parse()));
        }

        return new WithStatement(values, ParseScoped("endwith")) { Line = line };
    }

    private MacroStatement ParseMacro(int line)
    {
        var name = _targets.ParseName();
        _state.BeginMacro();
        var signature = _signatures.Parse();
        var body = ParseCalled("endmacro");
        _signatures.EndMacro(signature, line);
        return new MacroStatement(name, signature, body) { Line = line };
    }

    private CallBlock ParseCall(int line)
    {
        _state.BeginMacro();
        var signature = Tokens.Current.IsOperator("(") ? _signatures.Parse() : new Signature([], []);
        var call = _expressions.Parse() as CallExpression ?? throw TemplateFault.Syntax(line, "expected call");
        var body = ParseCalled("endcall");
        _signatures.EndMacro(signature, line);
        return new CallBlock(call, signature, body) { Line = line };
    }

    private BlockStatement ParseBlock(int line)
    {
        var name = Tokens.ExpectName().Value;
        var isScoped = Tokens.SkipName("scoped");
        var isRequired = Tokens.SkipName("required");
        if (Tokens.Current.IsOperator("-"))
        {
            throw TemplateFault.Syntax(line, "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.");
        }

        var body = ParseCalled("endblock");
        if (isRequired && !body.TrueForAll(statement => statement is DataStatement data && data.Text.All(PythonCharacters.IsSpace)))
        {
            throw TemplateFault.Syntax(line, "Required blocks can only contain comments or whitespace");
        }

        Tokens.SkipName(name);
        var block = new BlockStatement(name, body, isScoped, isRequired) { Line = line };
        return _blocks.TryAdd(name, block) ? block : throw TemplateFault.Syntax(line, $"block {PythonText.Quote(name)} defined twice");
    }
}
