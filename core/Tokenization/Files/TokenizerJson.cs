using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>Reads a tokenizer.json, the format of Hugging Face tokenizers.</summary>
internal static class TokenizerJson
{
    private static readonly string[] Members =
    [
        "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model",
    ];

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

        (TokenTable tokens, ITokenizerModel model) = Model(file);
        return new TokenizerParts(tokens, model)
        {
            AddedTokens = file.Part("added_tokens") is { } added ? [.. added.Items().Select(PartsJson.AddedToken)] : [],
            Normalizer = file.Optional("normalizer") is { } normalizer ? NormalizerJson.Read(normalizer) : null,
            PreTokenizer = file.Optional("pre_tokenizer") is { } preTokenizer ? PreTokenizerJson.Read(preTokenizer) : null,
            PostProcessor = file.Optional("post_processor") is { } postProcessor ? PostProcessorJson.Read(postProcessor) : null,
            Decoder = file.Optional("decoder") is { } decoder ? DecoderJson.Read(decoder) : new SpaceJoiningDecoder(),
            Truncation = file.Optional("truncation") is { } truncation ? PartsJson.Truncation(truncation) : null,
            Padding = file.Optional("padding") is { } padding ? PartsJson.Padding(padding) : null,
        };
    }

    private static (TokenTable Tokens, ITokenizerModel Model) Model(JsonSections file)
    {
        if (!file.Has("model"))
        {
            throw TokenizerErrors.Unreadable(file.Path, "the field 'model' is missing");
        }

        return ModelJson.Read(new JsonSections(file.Large("model"), $"{file.Path}.model", "vocab", "merges"));
    }
}
