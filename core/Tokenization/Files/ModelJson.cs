namespace Gptx.Tokenization;

/// <summary>Maps the member <c>model</c> of a tokenizer.json to an object.</summary>
internal static class ModelJson
{
    public static (TokenTable Tokens, ITokenizerModel Model) Read(JsonSections model)
    {
        string type = model.Part("type")?.Text() ?? Guess(model);
        return type switch
        {
            "BPE" => BpeJson.Read(model),
            "WordPiece" => WordPiece(model),
            "WordLevel" => WordLevel(model),
            "Unigram" => UnigramJson.Read(model),
            _ => throw TokenizerErrors.NotSupported(model.Path, $"the model '{type}'", "BPE, WordPiece, WordLevel, Unigram"),
        };
    }

    // Old files leave the type out; then the fields decide, in the reference's order.
    private static string Guess(JsonSections model)
    {
        return model.Has("vocab") && model.Has("merges") ? "BPE"
            : model.Has("max_input_chars_per_word") ? "WordPiece"
            : model.Has("unk_token") ? "WordLevel"
            : model.Has("vocab") ? "Unigram"
            : "(no type, and the fields of none)";
    }

    private static (TokenTable Tokens, ITokenizerModel Model) WordPiece(JsonSections model)
    {
        TokenTable tokens = Vocabulary(model);
        string prefix = Field(model, "continuing_subword_prefix").Text();
        return (tokens, new WordPieceModel(tokens, Field(model, "unk_token").Text(), prefix, Field(model, "max_input_chars_per_word").Count()));
    }

    private static (TokenTable Tokens, ITokenizerModel Model) WordLevel(JsonSections model)
    {
        TokenTable tokens = Vocabulary(model);
        return (tokens, new WordLevelModel(tokens, Field(model, "unk_token").Text()));
    }

    private static TokenTable Vocabulary(JsonSections model) => model.Has("vocab")
        ? VocabularyJson.Read(model.Large("vocab"), $"{model.Path}.vocab")
        : throw TokenizerErrors.Unreadable(model.Path, "the field 'vocab' is missing");

    private static JsonPart Field(JsonSections model, string name) =>
        model.Part(name) ?? throw TokenizerErrors.Unreadable(model.Path, $"the field '{name}' is missing");
}
