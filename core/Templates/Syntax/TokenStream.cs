namespace Gptx.Templates;

/// <summary>The tokens of a template, one after the other.</summary>
internal sealed class TokenStream(List<Token> tokens)
{
    private int _at;

    public Token Current => tokens[_at];

    public Token Following => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Take()
    {
        var taken = tokens[_at];
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return taken;
    }

    public bool SkipName(string name) => Skip(Current.IsName(name));

    public bool SkipOperator(string sign) => Skip(Current.IsOperator(sign));

    public Token Expect(TokenKind kind, string described) => Current.Kind == kind ? Take() : throw Unexpected(described);

    public Token ExpectName() => Expect(TokenKind.Name, "name");

    public void ExpectName(string name) => _ = Current.IsName(name) ? Take() : throw Unexpected(name);

    public void ExpectOperator(string sign) => _ = Current.IsOperator(sign) ? Take() : throw Unexpected(sign);

    public void ExpectBlockEnd() => Expect(TokenKind.BlockEnd, "end of statement block");

    private bool Skip(bool fits)
    {
        if (fits)
        {
            Take();
        }

        return fits;
    }

    private TemplateFault Unexpected(string expected) => TemplateFault.Syntax(Current.Line, Current.Kind == TokenKind.End
        ? $"unexpected end of template, expected '{expected}'."
        : $"expected token '{expected}', got {PythonText.Quote(Current.Described)}");
}
