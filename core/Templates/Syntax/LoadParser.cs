namespace Gptx.Templates;

/// <summary><c>include</c>, <c>import</c>, <c>from</c> and <c>extends</c>: read as Jinja does, and refused when they are reached, as there is nothing to load from.</summary>
internal sealed class LoadParser(ParserState state, ExpressionParser expressions, TargetParser targets)
{
    private TokenStream Tokens => state.Tokens;

    public LoadStatement Parse(Token tag)
    {
        var template = expressions.Parse();
        if (tag.Value == "import")
        {
            Tokens.ExpectName("as");
            targets.ParseName();
        }
        else if (tag.Value == "from")
        {
            ParseImportedNames();
        }
        else if (tag.Value == "include" && Tokens.Current.IsName("ignore") && Tokens.Following.IsName("missing"))
        {
            Tokens.Take();
            Tokens.Take();
        }

        SkipContext();
        return new LoadStatement(template) { Line = tag.Line };
    }

    private void ParseImportedNames()
    {
        Tokens.ExpectName("import");
        do
        {
            if (SkipContext())
            {
                return;
            }

            var name = Tokens.Current;
            if (targets.ParseName().StartsWith('_'))
            {
                throw TemplateFault.Syntax(name.Line, "names starting with an underline can not be imported");
            }

            if (Tokens.SkipName("as"))
            {
                targets.ParseName();
            }
        }
        while (Tokens.SkipOperator(","));
    }

    private bool SkipContext()
    {
        var isContext = (Tokens.Current.IsName("with") || Tokens.Current.IsName("without")) && Tokens.Following.IsName("context");
        if (isContext)
        {
            Tokens.Take();
            Tokens.Take();
        }

        return isContext;
    }
}
