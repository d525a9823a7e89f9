namespace Gptx.Tokenization;

/// <summary>Reads a pattern, <c>{"String": "a"}</c>.</summary>
internal static class PatternJson
{
    public static ITextPattern Read(JsonPart part)
    {
        return part.Members() switch
        {
            [("String", var text)] => new StringPattern(text.Text()),
            [("Regex", var regex)] => throw TokenizerErrors.NotSupported(regex.Path, $"the pattern {regex.Text().ReplaceLineEndings(" ")}", "{\"String\": ...}"),
            _ => throw part.Wrong("{\"String\": ...} or {\"Regex\": ...}"),
        };
    }
}
