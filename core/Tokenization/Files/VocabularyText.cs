using System.Text;
using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>Reads the older form of BERT's tokenizer: vocab.txt, a token a line, and, where it is there, tokenizer_config.json.</summary>
internal static class VocabularyText
{
    private const int LongestWord = 100;

    public static Tokenizer Read(TokenizerFile vocabulary, TokenizerFile? config)
    {
        JsonPart settings = Settings(config);
        string kind = settings.Optional("tokenizer_class")?.Text() ?? "BertTokenizer";
        if (kind is not ("BertTokenizer" or "BertTokenizerFast" or "DistilBertTokenizer" or "DistilBertTokenizerFast" or "ElectraTokenizer" or "ElectraTokenizerFast"))
        {
            throw TokenizerErrors.NotSupported(
                $"{settings.Path}.tokenizer_class",
                $"the tokenizer '{kind}' without a tokenizer.json",
                "BertTokenizer, DistilBertTokenizer, ElectraTokenizer");
        }

        TokenTable tokens = ReadTokens(vocabulary);
        string[] special = [.. Special.Select(token => Name(settings, token.Field, token.Default))];
        string prefix = "##";
        return new Tokenizer(new TokenizerParts(tokens, new WordPieceModel(tokens, special[0], prefix, LongestWord))
        {
            AddedTokens = [.. special.Select(name => new AddedToken(name) { Special = true })],
            Normalizer = new BertNormalizer(
                cleanText: true,
                settings.Optional("tokenize_chinese_chars")?.Flag() ?? true,
                settings.Optional("strip_accents")?.Flag(),
                settings.Optional("do_lower_case")?.Flag() ?? true),
            PreTokenizer = CharacterSplits.Bert,
            PostProcessor = new BertPostProcessor(Named(tokens, special[3], vocabulary), Named(tokens, special[1], vocabulary)),
            Decoder = new ChainDecoder([() => TokenRewritings.WordPiece(prefix, cleanup: true)]),
            Describe = () => Words(settings, special, prefix),
        });
    }

    private static TokenizerDescription Words(JsonPart settings, string[] special, string prefix) => new("WordPiece")
    {
        Model = [$"unknown token \"{special[0]}\"", $"inside a word begins with \"{prefix}\"", $"longest word {LongestWord}"],
        Normalizer = [$"Bert: {(settings.Optional("do_lower_case")?.Flag() ?? true ? "lower case" : "keeps the case")}"],
        PreTokenizer = ["Bert"],
        PostProcessor = [$"Bert: cls {special[3]}; sep {special[1]}"],
        Decoder = [$"WordPiece: prefix \"{prefix}\"; takes the space before punctuation away"],
    };

    private static (string Field, string Default)[] Special { get; } =
    [
        ("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"), ("mask_token", "[MASK]"),
    ];

    private static JsonPart Settings(TokenizerFile? config)
    {
        try
        {
            return config is null ? JsonPart.Parse("{}"u8.ToArray(), "tokenizer_config.json") : JsonPart.Parse(config.Content, config.Path);
        }
        catch (JsonException error)
        {
            throw TokenizerErrors.Syntax(config!.Path, config.Content, error);
        }
    }

    // "[UNK]", or {"content": "[UNK]", ...}
    private static string Name(JsonPart settings, string field, string name)
    {
        JsonPart? part = settings.Optional(field);
        return part is null ? name
            : part.Element.ValueKind == JsonValueKind.Object ? part.Member("content").Text()
            : part.Text();
    }

    private static NamedToken Named(TokenTable tokens, string name, TokenizerFile file)
    {
        return tokens.TryGetId(name, out int id)
            ? new NamedToken(name, id)
            : throw TokenizerErrors.Unreadable(file.Path, $"the token '{name}' is not in the vocabulary");
    }

    private static TokenTable ReadTokens(TokenizerFile file)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.Content.Span);
        }
        catch (DecoderFallbackException error)
        {
            throw TokenizerErrors.Unreadable(file.Path, "the file is not UTF-8", error);
        }

        var tokens = new TokenTable();
        int id = 0;
        ReadOnlySpan<char> lines = text.EndsWith('\n') ? text.AsSpan(0, text.Length - 1) : text;
        foreach (Range line in lines.Split('\n'))
        {
            tokens.Add(lines[line].TrimEnd('\r'), id++);
        }

        tokens.Complete();
        return tokens;
    }
}
