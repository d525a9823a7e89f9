namespace Gptx.Tokenization;

/// <summary>Reads a pattern, <c>{"String": "a"}</c> or <c>{"Regex": "\\s+"}</c>.</summary>
internal static class PatternJson
{
    public static ITextPattern Read(JsonPart part)
    {
        return part.Members() switch
        {
            [("String", var text)] => new StringPattern(text.Text()),
            [("Regex", var regex)] => Regex(regex),
            _ => throw part.Wrong("{\"String\": ...} or {\"Regex\": ...}"),
        };
    }

    private static RegexPattern Regex(JsonPart part)
    {
        string pattern = part.Text();
        try
        {
            return new RegexPattern(pattern);
        }
        catch (FormatException error)
        {
            throw TokenizerErrors.Unreadable(part.Path, $"not a regular expression, {error.Message.ReplaceLineEndings(" ")}", error);
        }
        catch (NotSupportedException error)
        {
            throw TokenizerErrors.NotSupported(part.Path, $"in a pattern, {error.Message.ReplaceLineEndings(" ")}", "most of Oniguruma's Ruby syntax");
        }
    }
}
