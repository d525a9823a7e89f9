namespace Gptx.Templates;

/// <summary>The parameters of macros and call blocks.</summary>
internal sealed class SignatureParser(ParserState state, ExpressionParser expressions)
{
    private TokenStream Tokens => state.Tokens;

    public void EndMacro(Signature signature, int line)
    {
        state.EndMacro(signature);
        var place = signature.Parameters.IndexOf("caller");
        if (signature.UsesCaller && place >= 0 && place < signature.Parameters.Count - signature.Defaults.Count)
        {
            throw TemplateFault.Syntax(line, "When defining macros or call blocks the special \"caller\" argument must be omitted or be given a default.");
        }
    }

    public Signature Parse()
    {
        var signature = new Signature([], []);
        Tokens.ExpectOperator("(");
        while (!Tokens.Current.IsOperator(")"))
        {
            if (signature.Parameters.Count > 0)
            {
                Tokens.ExpectOperator(",");
            }

            var name = Tokens.ExpectName();
            if (signature.Parameters.Contains(name.Value))
            {
                throw TemplateFault.Syntax(name.Line, $"duplicate argument '{name.Value}' in function definition");
            }

            signature.Parameters.Add(name.Value);
            if (Tokens.SkipOperator("="))
            {
                signature.Defaults.Add(expressions.Parse());
            }
            else if (signature.Defaults.Count > 0)
            {
                throw TemplateFault.Syntax(Tokens.Current.Line, "non-default argument follows default argument");
            }
        }

        Tokens.Take();
        return signature;
    }
}
