namespace Gptx.Tokenization.Training;

/// <summary>
/// All of a tokenizer but its vocabulary: normalizer, pre-tokenizer, post-processor, decoder and the settings of its model. Of our own, or
/// those of a <c>tokenizer.json</c>.
/// </summary>
public sealed class TokenizerBlueprint
{
    private TokenizerBlueprint(TokenizerJsonParts parts)
    {
        Parts = parts;
        Kind = parts.ModelType switch
        {
            "BPE" => TokenizerModelKind.Bpe,
            "WordPiece" => TokenizerModelKind.WordPiece,
            _ => throw TokenizerErrors.NotSupported(parts.Path, $"training the model '{parts.ModelType}'", "BPE, WordPiece"),
        };
        Normalizer = parts.Find("normalizer") is { } normalizer ? NormalizerJson.Read(normalizer) : null;
        PreTokenizer = parts.Find("pre_tokenizer") is { } preTokenizer ? PreTokenizerJson.Read(preTokenizer) : null;
        AddedTokens = [.. parts.Find("added_tokens")?.Items().Select(PartsJson.AddedToken) ?? []];
    }

    /// <summary>The kind of model.</summary>
    public TokenizerModelKind Kind { get; }

    /// <summary>The special tokens that a tokenizer has where none are asked for.</summary>
    public IReadOnlyList<string> SpecialTokens => [.. AddedTokens.Where(token => token.Special).Select(token => token.Content)];

    internal TokenizerJsonParts Parts { get; }

    internal INormalizer? Normalizer { get; }

    internal IPreTokenizer? PreTokenizer { get; }

    internal IReadOnlyList<AddedToken> AddedTokens { get; }

    /// <summary>As GPT-2's: split by its regular expression, learnt on bytes, so that no text has an unknown character and each comes back as it was.</summary>
    /// <param name="lowercase">Whether letters are made small first; then they come back small.</param>
    public static TokenizerBlueprint ByteLevelBpe(bool lowercase = false) => Own($$"""
        {
            "normalizer": {{(lowercase ? """{"type":"Lowercase"}""" : "null")}},
            "pre_tokenizer": {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true},
            "post_processor": {"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false,"use_regex":true},
            "decoder": {"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true},
            "model": {"type":"BPE"}
        }
        """);

    /// <summary>As BERT's: split at white space and signs, pieces within a word begin with ##; [PAD], [UNK], [CLS], [SEP] and [MASK] come first.</summary>
    /// <param name="lowercase">Whether letters are made small and lose their accents.</param>
    public static TokenizerBlueprint WordPiece(bool lowercase = false) => Own($$"""
        {
            "added_tokens": [{{string.Join(',', BertTokens.Select(Special))}}],
            "normalizer": {"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":{{(lowercase ? "true" : "false")}}},
            "pre_tokenizer": {"type":"BertPreTokenizer"},
            "decoder": {"type":"WordPiece","prefix":"##","cleanup":true},
            "model": {"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100}
        }
        """);

    /// <summary>Takes all but the vocabulary from a tokenizer.</summary>
    /// <param name="fileOrFolder">A <c>tokenizer.json</c>, or the folder that it is in.</param>
    /// <exception cref="GptxException"><c>TokenizerNotFound</c>, <c>TokenizerUnreadable</c>; <c>TokenizerNotSupported</c>: its model is neither BPE nor WordPiece.</exception>
    public static TokenizerBlueprint Load(string fileOrFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileOrFolder);
        TokenizerFile file = TokenizerFiles.OpenJson(fileOrFolder);
        TokenizerJson.Read(file.Content, file.Path); // so that whatever is wrong with it is said before hours of counting
        var blueprint = new TokenizerBlueprint(TokenizerJsonParts.Read(file.Content, file.Path));
        TokenizerJsonWriter.CheckParts(blueprint);
        return blueprint;
    }

    /// <summary>Options in which all that was left to the blueprint is filled in.</summary>
    internal TokenizerTrainingOptions Complete(TokenizerTrainingOptions options) => options with
    {
        SpecialTokens = options.SpecialTokens ?? SpecialTokens,
        InitialAlphabet = WellFormedText.Of(options.InitialAlphabet ?? (IsByteLevel ? TokenizerTrainingOptions.ByteCharacters : "")),
        ContinuingSubwordPrefix = options.ContinuingSubwordPrefix ?? Parts.Setting("continuing_subword_prefix")?.Text(),
        EndOfWordSuffix = options.EndOfWordSuffix ?? Parts.Setting("end_of_word_suffix")?.Text(),
    };

    /// <summary>Refuses special tokens that lack one that the post-processor or padding puts in.</summary>
    internal void CheckReferences(TokenizerTrainingOptions options)
    {
        var references = new TokenReferences([.. options.SpecialTokens!.Distinct()]);
        references.OfPadding(Parts.Find("padding"));
        references.OfPostProcessor(Parts.Find("post_processor"));
    }

    /// <summary>Whether a text is cut into the words of what stands between its spaces: no part looks over a space, and none keeps it.</summary>
    internal bool SpacesSeparate => Parts.Find("normalizer")?.Type is null or "BertNormalizer"
        && Parts.Find("pre_tokenizer")?.Type is "BertPreTokenizer" or "Whitespace" or "WhitespaceSplit";

    private bool IsByteLevel => IsOrHolds(Parts.Find("pre_tokenizer"), "pretokenizers") || IsOrHolds(Parts.Find("normalizer"), "normalizers");

    private static readonly string[] BertTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private static bool IsOrHolds(JsonPart? part, string members) => part?.Type switch
    {
        null => false,
        "ByteLevel" => true,
        "Sequence" => part.Member(members).Items().Any(item => IsOrHolds(item, members)),
        _ => false,
    };

    private static string Special(string content) =>
        $$"""{"id":0,"content":"{{content}}","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}""";

    private static TokenizerBlueprint Own(string json) => new(TokenizerJsonParts.Read(System.Text.Encoding.UTF8.GetBytes(json), "blueprint"));
}
