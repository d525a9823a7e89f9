using System.Text;
using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>Reads the older form of GPT-2's tokenizer: vocab.json, merges.txt and, where it is there, tokenizer_config.json.</summary>
internal static class VocabularyAndMerges
{
    private const string EndOfText = "<|endoftext|>";

    private static readonly string[] SpecialNames =
    [
        "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
    ];

    public static Tokenizer Read(TokenizerFile vocabulary, TokenizerFile merges, TokenizerFile? config)
    {
        TokenTable tokens = Json(vocabulary, file => VocabularyJson.Read(file.Content, file.Path));
        var model = new BpeModel(tokens, ReadMerges(merges, tokens).Table, new BpeOptions());
        JsonPart settings = config is null
            ? JsonPart.Parse("{}"u8.ToArray(), "tokenizer_config.json")
            : Json(config, file => JsonPart.Parse(file.Content, file.Path));
        string kind = settings.Optional("tokenizer_class")?.Text() ?? "GPT2Tokenizer";
        bool addPrefixSpace = settings.Optional("add_prefix_space")?.Flag() ?? false;
        return kind switch
        {
            "GPT2Tokenizer" or "GPT2TokenizerFast" or "PreTrainedTokenizerFast" or "TokenizersBackend" =>
                Build(tokens, model, addPrefixSpace, SpecialTokens(settings, [EndOfText, EndOfText, EndOfText]), BeginOfText(settings, tokens)),
            "RobertaTokenizer" or "RobertaTokenizerFast" => Roberta(tokens, model, addPrefixSpace, settings),
            _ => throw TokenizerErrors.NotSupported(
                $"{settings.Path}.tokenizer_class",
                $"the tokenizer '{kind}' without a tokenizer.json",
                "GPT2Tokenizer, RobertaTokenizer"),
        };
    }

    private static Tokenizer Build(
        TokenTable tokens,
        BpeModel model,
        bool addPrefixSpace,
        IReadOnlyList<AddedToken> added,
        IPostProcessor? postProcessor) => new(new TokenizerParts(tokens, model)
        {
            AddedTokens = added,
            PreTokenizer = new ByteLevelPreTokenizer(addPrefixSpace, useRegex: true),
            PostProcessor = postProcessor,
            Decoder = new ByteLevelDecoder(),
            Describe = () => new TokenizerDescription("BPE")
            {
                PreTokenizer = [$"ByteLevel: {(addPrefixSpace ? "puts a space before" : "puts no space before")}; splits as GPT-2 does"],
                PostProcessor = postProcessor is null ? [] : [postProcessor is RobertaPostProcessor ? "Roberta" : "Template"],
                Decoder = ["ByteLevel"],
            },
        });

    private static Tokenizer Roberta(TokenTable tokens, BpeModel model, bool addPrefixSpace, JsonPart settings)
    {
        AddedToken[] added = [.. SpecialTokens(settings, ["<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "<mask>"])];
        var template = new RobertaPostProcessor(Named(added[5]), Named(added[3]), trimOffsets: true, addPrefixSpace);
        return Build(tokens, model, addPrefixSpace, added, template);

        NamedToken Named(AddedToken token) => tokens.TryGetId(token.Content, out int id)
            ? new NamedToken(token.Content, id)
            : throw TokenizerErrors.Unreadable(settings.Path, $"the token '{token.Content}' is not in the vocabulary");
    }

    // The special tokens in the order of their names; one that the settings leave out has the class's default, or is none.
    private static List<AddedToken> SpecialTokens(JsonPart settings, IReadOnlyList<string> defaults)
    {
        var tokens = new List<AddedToken>();
        for (int i = 0; i < SpecialNames.Length; i++)
        {
            bool isMask = defaults.Count == SpecialNames.Length && SpecialNames[i] == "mask_token";
            if (settings.Optional(SpecialNames[i]) is { } given)
            {
                tokens.Add(Special(given, isMask));
            }
            else if (i < defaults.Count)
            {
                tokens.Add(new AddedToken(defaults[i]) { Special = true, LeftStrip = isMask });
            }
        }

        foreach (string more in (string[])["additional_special_tokens", "extra_special_tokens"])
        {
            if (settings.Optional(more) is { Element.ValueKind: JsonValueKind.Array } list)
            {
                tokens.AddRange(list.Items().Select(token => Special(token)));
            }
        }

        if (settings.Optional("added_tokens_decoder") is { } decoder)
        {
            tokens.AddRange(decoder.Members().Select(member => Special(member.Value)));
        }

        return tokens;
    }

    // "<s>", or {"content": "<s>", "lstrip": false, ...}
    private static AddedToken Special(JsonPart part, bool leftStrip = false)
    {
        if (part.Element.ValueKind == JsonValueKind.String)
        {
            return new AddedToken(part.Text()) { Special = true, LeftStrip = leftStrip };
        }

        return new AddedToken(part.Member("content").Text())
        {
            SingleWord = part.Optional("single_word")?.Flag() ?? false,
            LeftStrip = part.Optional("lstrip")?.Flag() ?? false,
            RightStrip = part.Optional("rstrip")?.Flag() ?? false,
            Normalized = part.Optional("normalized")?.Flag() ?? false,
            Special = part.Optional("special")?.Flag() ?? true,
        };
    }

    private static TemplatePostProcessor? BeginOfText(JsonPart settings, TokenTable tokens)
    {
        if (settings.Optional("add_bos_token")?.Flag() is not true)
        {
            return null;
        }

        string name = settings.Optional("bos_token") is { } given ? Special(given).Content : EndOfText;
        if (!tokens.TryGetId(name, out int id))
        {
            throw TokenizerErrors.Unreadable(settings.Path, $"add_bos_token asks for '{name}', which is not in the vocabulary");
        }

        TemplatePiece begin = new(null, name, 0);
        TemplatePiece first = new(0, null, 0);
        return new TemplatePostProcessor(
            [begin, first],
            [begin, first, begin with { TypeId = 1 }, new TemplatePiece(1, null, 1)],
            new Dictionary<string, NamedToken[]> { [name] = [new NamedToken(name, id)] });
    }

    private static MergeList ReadMerges(TokenizerFile file, TokenTable tokens)
    {
        var merges = new MergeList(tokens, "", file.Path);
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.Content.Span);
        }
        catch (DecoderFallbackException error)
        {
            throw TokenizerErrors.Unreadable(file.Path, "the file is not UTF-8", error);
        }

        int line = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> merge = text.AsSpan(range).TrimEnd('\r');
            line++;
            if (merge.Length > 0)
            {
                merges.AddLine(merge, line);
            }
        }

        return merges;
    }

    private static T Json<T>(TokenizerFile file, Func<TokenizerFile, T> read)
    {
        try
        {
            return read(file);
        }
        catch (JsonException error)
        {
            throw TokenizerErrors.Syntax(file.Path, file.Content, error);
        }
    }
}
