namespace Gptx.Tokenization;

/// <summary>Maps the member <c>post_processor</c> of a tokenizer.json to an object.</summary>
internal static class PostProcessorJson
{
    public static IPostProcessor Read(JsonPart part) => part.Type switch
    {
        "ByteLevel" => new ByteLevelPostProcessor(part.Member("trim_offsets").Flag(), part.Member("add_prefix_space").Flag()),
        "BertProcessing" => new BertPostProcessor(Token(part.Member("cls")), Token(part.Member("sep"))),
        "RobertaProcessing" => new RobertaPostProcessor(
            Token(part.Member("cls")),
            Token(part.Member("sep")),
            part.Member("trim_offsets").Flag(),
            part.Member("add_prefix_space").Flag()),
        "TemplateProcessing" => new TemplatePostProcessor(
            Template(part.Member("single")),
            Template(part.Member("pair")),
            part.Member("special_tokens").Members().ToDictionary(member => member.Name, member => Tokens(member.Value))),
        "Sequence" => new SequencePostProcessor([.. part.Member("processors").Items().Select(Read)]),
        _ => throw PartsJson.NotSupported(part, "post-processor", "ByteLevel, BertProcessing, RobertaProcessing, TemplateProcessing, Sequence"),
    };

    // ["</s>", 2]
    private static NamedToken Token(JsonPart part)
    {
        IReadOnlyList<JsonPart> items = part.Items();
        return items.Count == 2 ? new NamedToken(items[0].Text(), items[1].Id()) : throw part.Wrong("a token and its id");
    }

    // [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    private static List<TemplatePiece> Template(JsonPart part) => [.. part.Items().Select(Piece)];

    private static TemplatePiece Piece(JsonPart part)
    {
        if (part.Members() is not [var (kind, piece)] || kind is not ("Sequence" or "SpecialToken"))
        {
            throw part.Wrong("{\"Sequence\": ...} or {\"SpecialToken\": ...}");
        }

        JsonPart id = piece.Member("id");
        int typeId = piece.Member("type_id").Id();
        if (kind == "SpecialToken")
        {
            return new TemplatePiece(null, id.Text(), typeId);
        }

        return id.Text() switch
        {
            "A" => new TemplatePiece(0, null, typeId),
            "B" => new TemplatePiece(1, null, typeId),
            _ => throw id.Wrong("A or B"),
        };
    }

    // {"id": "<s>", "ids": [0], "tokens": ["<s>"]}
    private static NamedToken[] Tokens(JsonPart part)
    {
        part.Member("id").Text();
        IReadOnlyList<JsonPart> ids = part.Member("ids").Items();
        IReadOnlyList<JsonPart> names = part.Member("tokens").Items();
        return ids.Count == names.Count
            ? [.. ids.Zip(names, (id, name) => new NamedToken(name.Text(), id.Id()))]
            : throw part.Wrong("as many ids as tokens");
    }
}
