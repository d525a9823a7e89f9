using System.Text;

namespace Gptx.Tokenization;

/// <summary>Makes a tokenizer of a GGUF file's entries. What the file leaves out is as llama.cpp has it.</summary>
internal sealed class GgufTokenizerReader(GgufEntries entries)
{
    private const string Models = "llama, gpt2, bert, t5";
    private const string Prefix = "##";
    private const string Mark = "\u2581";
    private const int LongestWord = 100;

    public GgufTokenizer Read()
    {
        string model = entries.Text(GgufKeys.Model) ?? throw TokenizerErrors.NotFound(entries.Name, $"the entry {GgufKeys.Model}");
        if (model is not ("llama" or "gpt2" or "bert" or "t5"))
        {
            throw TokenizerErrors.NotSupported($"{entries.Name}.{GgufKeys.Model}", $"the tokenizer '{model}'", Models);
        }

        var vocabulary = new GgufVocabulary(entries);
        int count = vocabulary.Count;
        string pre = entries.Text(GgufKeys.Pre) ?? "default";
        (int? begin, int? end, int? unknown) = DefaultIds(model);
        var result = new GgufTokenizer
        {
            Tokenizer = null!,
            Model = model,
            PreTokenizer = entries.Text(GgufKeys.Pre),
            BeginOfTextId = Id(GgufKeys.BeginId, model == "bert" ? entries.Id(GgufKeys.ClassId, count) ?? begin : begin, count),
            EndOfTextId = model == "bert" ? Id(GgufKeys.SeparatorId, Id(GgufKeys.EndId, end, count), count) : Id(GgufKeys.EndId, end, count),
            EndOfTurnId = entries.Id(GgufKeys.EndOfTurnId, count),
            UnknownId = Id(GgufKeys.UnknownId, unknown, count),
            PaddingId = entries.Id(GgufKeys.PaddingId, count),
            AddsBeginOfText = entries.Flag(GgufKeys.AddBegin) ?? (model is "llama" or "bert" || (model == "gpt2" && GgufSplits.AddsBeginOfText(pre))),
            AddsEndOfText = entries.Flag(GgufKeys.AddEnd) ?? model is "bert" or "t5",
            ChatTemplate = entries.Text(GgufKeys.ChatTemplate),
            NamedChatTemplates = NamedTemplates(),
        };
        TokenizerParts parts = model switch
        {
            "llama" => Llama(vocabulary, result),
            "gpt2" => Gpt2(vocabulary, pre),
            "bert" => Bert(vocabulary, result),
            _ => T5(vocabulary, result),
        };
        parts = parts with
        {
            AddedTokens = vocabulary.Added(result.BeginOfTextId, result.EndOfTextId, result.EndOfTurnId, result.UnknownId, result.PaddingId),
            PostProcessor = Template(parts.Tokens, result),
        };
        return result with { Tokenizer = new Tokenizer(parts with { Describe = () => GgufDescription.Of(result, parts) }) };
    }

    private static (int? Begin, int? End, int? Unknown) DefaultIds(string model) => model switch
    {
        "llama" => (1, 2, 0),
        "bert" => (101, 102, 100),
        "t5" => (null, 1, 2),
        _ => (null, null, null),
    };

    private int? Id(string key, int? otherwise, int count) =>
        entries.Keys.Contains(key) ? entries.Id(key, count) : otherwise < count ? otherwise : null;

    private Dictionary<string, string> NamedTemplates()
    {
        const string Start = GgufKeys.ChatTemplate + ".";
        return entries.Keys.Where(key => key.StartsWith(Start, StringComparison.Ordinal)).ToDictionary(key => key[Start.Length..], key => entries.Text(key)!);
    }

    // SentencePiece's BPE: of all neighbours that together are a token those with the highest score are joined first.
    private TokenizerParts Llama(GgufVocabulary vocabulary, GgufTokenizer ids)
    {
        IReadOnlyList<double> scores = vocabulary.Scores ?? throw entries.Missing(GgufKeys.Scores);
        TokenTable tokens = vocabulary.Table(id => vocabulary.Texts[id]);
        bool addsSpace = entries.Flag(GgufKeys.AddSpacePrefix) ?? true;
        var replaceSpaces = new ReplaceNormalizer(new StringPattern(" "), Mark);
        List<Func<ITokenRewriting>> decoding =
        [
            () => TokenRewritings.Replace(new StringPattern(Mark), " "),
            () => new ByteFallbackRewriting(),
        ];
        if (addsSpace)
        {
            decoding.Add(() => new LeadingStripRewriting(new Rune(' '), 1));
        }

        var options = new BpeOptions { UnknownToken = ids.UnknownId is { } id ? vocabulary.Texts[id] : null, FuseUnknown = true, ByteFallback = true };
        return new TokenizerParts(tokens, new BpeModel(tokens, ScoredMerges.Of(vocabulary, scores, tokens), options))
        {
            Normalizer = addsSpace ? new NormalizerSequence([new PrependNormalizer(Mark), replaceSpaces]) : replaceSpaces,
            Decoder = new ChainDecoder(decoding),
        };
    }

    private TokenizerParts Gpt2(GgufVocabulary vocabulary, string pre)
    {
        IPreTokenizer splits = GgufSplits.Find(pre) ?? throw TokenizerErrors.NotSupported(
            $"{entries.Name}.{GgufKeys.Pre}",
            $"the way of splitting '{pre}'",
            "those of most models, for example gpt-2, smollm, llama-bpe, qwen2, gpt-4o, tekken, deepseek-v3");
        TokenTable tokens = vocabulary.Table(id => vocabulary.Texts[id]);
        var merges = new MergeList(tokens, "", $"{entries.Name}.{GgufKeys.Merges}");
        IReadOnlyList<string> lines = entries.Texts(GgufKeys.Merges) ?? throw entries.Missing(GgufKeys.Merges);
        for (int i = 0; i < lines.Count; i++)
        {
            merges.AddLine(lines[i], i);
        }

        return new TokenizerParts(tokens, new BpeModel(tokens, merges.Table, new BpeOptions { IgnoreMerges = GgufSplits.IgnoresMerges(pre) }))
        {
            PreTokenizer = splits,
            Decoder = new ByteLevelDecoder(),
        };
    }

    /// <summary>Whether a BERT's vocabulary was made of texts in lower case: no token of a text has a capital.</summary>
    internal static bool IsLowercase(GgufVocabulary vocabulary) =>
        !Enumerable.Range(0, vocabulary.Count).Any(token => !IsBertSpecial(vocabulary, token) && vocabulary.Texts[token].Any(char.IsAsciiLetterUpper));

    /// <summary>A BERT's token as its own vocabulary writes it: the file marks what begins a word, BERT's vocabulary what does not.</summary>
    internal static string BertToken(GgufVocabulary vocabulary, int token)
    {
        string text = vocabulary.Texts[token];
        return text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : IsBertSpecial(vocabulary, token) ? text : Prefix + text;
    }

    private static bool IsBertSpecial(GgufVocabulary vocabulary, int token) =>
        vocabulary.TypeOf(token) is GgufTokenType.Control or GgufTokenType.Unknown || (vocabulary.Texts[token] is ['[', .., ']'] text && text.Length > 2);

    private TokenizerParts Bert(GgufVocabulary vocabulary, GgufTokenizer ids)
    {
        string unknown = ids.UnknownId is { } id ? vocabulary.Texts[id] : throw entries.Wrong(GgufKeys.UnknownId, "no token has this id");
        TokenTable tokens = vocabulary.Table(token => BertToken(vocabulary, token));
        return new TokenizerParts(tokens, new WordPieceModel(tokens, unknown, Prefix, LongestWord))
        {
            Normalizer = new BertNormalizer(cleanText: true, handleChineseCharacters: true, stripAccents: null, lowercase: IsLowercase(vocabulary)),
            PreTokenizer = CharacterSplits.Bert,
            Decoder = new ChainDecoder([() => TokenRewritings.WordPiece(Prefix, cleanup: true)]),
        };
    }

    private TokenizerParts T5(GgufVocabulary vocabulary, GgufTokenizer ids)
    {
        IReadOnlyList<double> scores = vocabulary.Scores ?? throw entries.Missing(GgufKeys.Scores);
        TokenTable tokens = vocabulary.Table(id => vocabulary.Texts[id]);
        var trie = new ScoreTrie();
        for (int id = 0; id < vocabulary.Count; id++)
        {
            if (vocabulary.TypeOf(id) is GgufTokenType.Normal or GgufTokenType.UserDefined && double.IsFinite(scores[id]))
            {
                trie.Add(vocabulary.Texts[id], scores[id]);
            }
        }

        var normalizers = new List<INormalizer>();
        if (entries.Integers(GgufKeys.CharacterMap) is { Count: > 0 } map)
        {
            byte[] bytes = [.. map.Select(value => (byte)value)];
            normalizers.Add(PrecompiledNormalizer.TryRead(bytes, out PrecompiledNormalizer? precompiled)
                ? precompiled
                : throw entries.Wrong(GgufKeys.CharacterMap, "not a map of SentencePiece"));
        }

        if (entries.Flag(GgufKeys.RemoveExtraSpaces) ?? true)
        {
            normalizers.Add(new StripNormalizer(left: true, right: true));
            normalizers.Add(new ReplaceNormalizer(new RegexPattern(" {2,}"), " "));
        }

        PrependScheme scheme = entries.Flag(GgufKeys.AddSpacePrefix) ?? true ? PrependScheme.Always : PrependScheme.Never;
        return new TokenizerParts(tokens, new UnigramModel(tokens, trie, ids.UnknownId, byteFallback: false))
        {
            Normalizer = new NormalizerSequence(normalizers),
            PreTokenizer = new MetaspacePreTokenizer(new Rune(Mark[0]), scheme, split: true),
            Decoder = new ChainDecoder([() => TokenRewritings.Metaspace(new Rune(Mark[0]), scheme)]),
        };
    }

    private static TemplatePostProcessor? Template(TokenTable tokens, GgufTokenizer ids)
    {
        var special = new Dictionary<string, NamedToken[]>();
        TemplatePiece[] begin = Piece("begin", ids.AddsBeginOfText ? ids.BeginOfTextId : null);
        TemplatePiece[] end = Piece("end", ids.AddsEndOfText ? ids.EndOfTextId : null);
        if (special.Count == 0)
        {
            return null;
        }

        // BERT's second text has no [CLS] of its own.
        TemplatePiece[] second = [.. ids.Model == "bert" ? [] : begin, new TemplatePiece(1, null, 1), .. end];
        return new TemplatePostProcessor(
            [.. begin, new TemplatePiece(0, null, 0), .. end],
            [.. begin, new TemplatePiece(0, null, 0), .. end, .. second.Select(piece => piece with { TypeId = 1 })],
            special);

        TemplatePiece[] Piece(string name, int? id)
        {
            if (id is not { } known || !tokens.TryGetToken(known, out string? token))
            {
                return [];
            }

            special[name] = [new NamedToken(token, known)];
            return [new TemplatePiece(null, name, 0)];
        }
    }
}
