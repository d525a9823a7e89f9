namespace Gptx.Templates;

/// <summary>What stands before <c>in</c> and <c>=</c>: names, and tuples of them.</summary>
internal sealed class TargetParser(ParserState state)
{
    private TokenStream Tokens => state.Tokens;

    public Target Parse(bool withNamespace, string? end = null)
    {
        var targets = new List<Target>();
        var isTuple = false;
        while (!IsEnd(end))
        {
            targets.Add(ParseOne(withNamespace));
            if (!Tokens.SkipOperator(","))
            {
                break;
            }

            isTuple = true;
        }

        return isTuple ? new TupleTarget(targets) : targets.Count == 1 ? targets[0] : throw TemplateFault.Syntax(Tokens.Current.Line, $"Expected an expression, got {PythonText.Quote(Tokens.Current.Described)}");
    }

    public string ParseName()
    {
        var token = Tokens.ExpectName();
        CheckName(token);
        state.NameWritten(token.Value, token.Line);
        return token.Value;
    }

    private bool IsEnd(string? end) => Tokens.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || Tokens.Current.IsOperator(")") || (end is not null && Tokens.Current.IsName(end));

    private Target ParseOne(bool withNamespace)
    {
        var token = Tokens.Current;
        if (token.Kind == TokenKind.Name)
        {
            if (withNamespace && Tokens.Following.IsOperator("."))
            {
                Tokens.Take();
                Tokens.Take();
                return new NamespaceTarget(token.Value, Tokens.ExpectName().Value);
            }

            return new NameTarget(ParseName());
        }

        if (!token.IsOperator("("))
        {
            throw TemplateFault.Syntax(token.Line, token.Kind is TokenKind.Number or TokenKind.Text ? "can't assign to 'const'" : $"unexpected {PythonText.Quote(token.Described)}");
        }

        state.Enter();
        Tokens.Take();
        var inner = Tokens.Current.IsOperator(")") ? new TupleTarget([]) : Parse(withNamespace: false);
        Tokens.ExpectOperator(")");
        state.Leave();
        return inner;
    }

    private static void CheckName(Token token)
    {
        if (token.Value is "true" or "false" or "none" or "True" or "False" or "None")
        {
            throw TemplateFault.Syntax(token.Line, "can't assign to 'const'");
        }
    }
}
