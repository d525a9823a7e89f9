using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>Reads a tokenizer.json, the format of Hugging Face tokenizers.</summary>
internal static class TokenizerJson
{
    private static readonly string[] Members =
    [
        "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model",
    ];

    private static readonly string[] Described = ["normalizer", "pre_tokenizer", "post_processor", "decoder", "truncation", "padding"];

    /// <summary>Reads a tokenizer.json.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="path">What errors call the file.</param>
    public static Tokenizer Read(ReadOnlyMemory<byte> json, string path)
    {
        try
        {
            return new Tokenizer(Parts(new JsonSections(json, path, "model")));
        }
        catch (JsonException error)
        {
            throw TokenizerErrors.Syntax(path, json, error);
        }
    }

    private static TokenizerParts Parts(JsonSections file)
    {
        if (file.Names.FirstOrDefault(name => !Members.Contains(name)) is { } unknown)
        {
            throw TokenizerErrors.Unreadable(file.Path, $"unknown field '{unknown}'; known: {string.Join(", ", Members)}");
        }

        if (file.Part("version") is { } version && version.Text() != "1.0")
        {
            throw version.Wrong("\"1.0\"");
        }

        (TokenTable tokens, ITokenizerModel model, Func<TokenizerDescription> describe) = Model(file);
        return new TokenizerParts(tokens, model)
        {
            AddedTokens = file.Part("added_tokens") is { } added ? [.. added.Items().Select(PartsJson.AddedToken)] : [],
            Normalizer = file.Optional("normalizer") is { } normalizer ? NormalizerJson.Read(normalizer) : null,
            PreTokenizer = file.Optional("pre_tokenizer") is { } preTokenizer ? PreTokenizerJson.Read(preTokenizer) : null,
            PostProcessor = file.Optional("post_processor") is { } postProcessor ? PostProcessorJson.Read(postProcessor) : null,
            Decoder = file.Optional("decoder") is { } decoder ? DecoderJson.Read(decoder) : new SpaceJoiningDecoder(),
            Truncation = file.Optional("truncation") is { } truncation ? PartsJson.Truncation(truncation) : null,
            Padding = file.Optional("padding") is { } padding ? PartsJson.Padding(padding) : null,
            Describe = describe,
        };
    }

    private static (TokenTable Tokens, ITokenizerModel Model, Func<TokenizerDescription> Describe) Model(JsonSections file)
    {
        if (!file.Has("model"))
        {
            throw TokenizerErrors.Unreadable(file.Path, "the field 'model' is missing");
        }

        var sections = new JsonSections(file.Large("model"), $"{file.Path}.model", "vocab", "merges");
        (TokenTable tokens, ITokenizerModel model) = ModelJson.Read(sections);
        return (tokens, model, Words(file, sections, TokenizerDescription.KindOf(model)));
    }
    // Holds the small parts alone, so that the file's bytes can go.
    private static Func<TokenizerDescription> Words(JsonSections file, JsonSections model, string kind)
    {
        (string, JsonPart)[] options = [.. model.Names.Select(name => (name, model.Part(name)!))];
        JsonPart?[] parts = [.. Described.Select(file.Optional)];
        return () => new TokenizerDescription(kind)
        {
            Model = PartWords.Options(options),
            Normalizer = PartWords.Steps(parts[0]),
            PreTokenizer = PartWords.Steps(parts[1], "trim_offsets"),
            PostProcessor = PartWords.Steps(parts[2], "add_prefix_space", "use_regex"),
            Decoder = PartWords.Steps(parts[3], "add_prefix_space", "trim_offsets", "use_regex", "split"),
            Truncation = PartWords.Options(parts[4]?.Members() ?? []),
            Padding = PartWords.Options(parts[5]?.Members() ?? []),
        };
    }
}
