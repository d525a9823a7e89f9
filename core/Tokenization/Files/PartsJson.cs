namespace Gptx.Tokenization;

/// <summary>Maps the small parts of a tokenizer.json to objects; a kind that is not built is refused by its name.</summary>
internal static class PartsJson
{
    public static AddedToken AddedToken(JsonPart part)
    {
        part.Member("id").Id(); // must be there, and is not believed
        return new AddedToken(part.Member("content").Text())
        {
            SingleWord = part.Member("single_word").Flag(),
            LeftStrip = part.Member("lstrip").Flag(),
            RightStrip = part.Member("rstrip").Flag(),
            Normalized = part.Member("normalized").Flag(),
            Special = part.Member("special").Flag(),
        };
    }

    public static Truncation Truncation(JsonPart part)
    {
        JsonPart strategy = part.Member("strategy");
        return new Truncation(
            part.Member("max_length").Count(),
            part.Member("stride").Count(),
            strategy.Text() switch
            {
                "LongestFirst" => TruncationStrategy.LongestFirst,
                "OnlyFirst" => TruncationStrategy.OnlyFirst,
                "OnlySecond" => TruncationStrategy.OnlySecond,
                _ => throw strategy.Wrong("LongestFirst, OnlyFirst or OnlySecond"),
            },
            part.Element.TryGetProperty("direction", out _) && IsLeft(part.Member("direction")));
    }

    public static Padding Padding(JsonPart part)
    {
        JsonPart strategy = part.Member("strategy");
        bool toLongest = strategy.Element.ValueKind == System.Text.Json.JsonValueKind.String;
        if (toLongest && strategy.Text() != "BatchLongest")
        {
            throw strategy.Wrong("\"BatchLongest\" or {\"Fixed\": length}");
        }

        return new Padding(
            toLongest ? null : strategy.Member("Fixed").Count(),
            part.Optional("pad_to_multiple_of")?.Count(),
            IsLeft(part.Member("direction")),
            new NamedToken(part.Member("pad_token").Text(), part.Member("pad_id").Id()),
            part.Member("pad_type_id").Id());
    }

    public static GptxException NotSupported(JsonPart part, string what, string supported) =>
        TokenizerErrors.NotSupported(part.Path, $"the {what} '{part.Type}'", supported);

    private static bool IsLeft(JsonPart direction) => direction.Text() switch
    {
        "Left" => true,
        "Right" => false,
        _ => throw direction.Wrong("Left or Right"),
    };
}
