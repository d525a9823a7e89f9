namespace Gptx.Templates;

/// <summary>What a token of a template is.</summary>
internal enum TokenKind
{
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Text,
    Number,
    Operator,
    End,
}

/// <summary>A token: its kind, its text (of an operator its sign), the value of a number, and the line on which it begins.</summary>
internal readonly record struct Token(TokenKind Kind, string Value, int Line, TemplateValue? Number = null)
{
    public bool IsName(string name) => Kind == TokenKind.Name && Value == name;

    public bool IsOperator(string sign) => Kind == TokenKind.Operator && Value == sign;

    /// <summary>As messages call it.</summary>
    public string Described => Kind switch
    {
        TokenKind.Data => "template data / text",
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.End => "end of template",
        TokenKind.Text => "string",
        TokenKind.Number => Number is FloatValue ? "float" : "integer",
        _ => Value,
    };
}
