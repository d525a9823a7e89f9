using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>How a text is split before byte-level BPE, by the name that GGUF files give it (<c>tokenizer.ggml.pre</c>): the patterns of the models' own tokenizer.json.</summary>
internal static class GgufSplits
{
    private const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private const string Llama3 = Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Qwen2 = Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Qwen35 = Contractions + @"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Upper = @"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]";
    private const string Lower = @"[\p{Ll}\p{Lm}\p{Lo}\p{M}]";
    private const string Rest = @" ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
    private const string Tekken = $@"[^\r\n\p{{L}}\p{{N}}]?{Upper}*{Lower}+|[^\r\n\p{{L}}\p{{N}}]?{Upper}+{Lower}*|\p{{N}}|" + Rest;
    private const string Gpt4o =
        $@"[^\r\n\p{{L}}\p{{N}}]?{Upper}*{Lower}+{Contractions}?|[^\r\n\p{{L}}\p{{N}}]?{Upper}+{Lower}*{Contractions}?|\p{{N}}{{1,3}}|" + Rest;

    private const string Deepseek3 =
        @"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string Bloom = @" ?[^(\s|[.,!?…。，、।۔،])]+";
    private const string Bailing = @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+";
    private const string SeedCoder = Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The names whose texts begin with a special token unless the file says otherwise.</summary>
    public static bool AddsBeginOfText(string name) => name is "llama3" or "llama-v3" or "llama-bpe" or "falcon3" or "tekken" or "chameleon";

    /// <summary>The names whose BPE takes a whole piece that is a token without merging.</summary>
    public static bool IgnoresMerges(string name) => name is "llama3" or "llama-v3" or "llama-bpe" or "falcon3" or "tekken" or "youtu";

    /// <summary>The pre-tokenizer of a name; null where the name is not known.</summary>
    public static IPreTokenizer? Find(string name)
    {
        if (Json(name) is not { } json)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(json);
        return PreTokenizerJson.Read(new JsonPart(document.RootElement, name));
    }

    /// <summary>The member <c>pre_tokenizer</c> that a tokenizer.json of that name has; null where the name is not known.</summary>
    public static string? Json(string name) => name switch
    {
        "default" or "gpt-2" or "gpt2" or "mpt" or "olmo" or "jais" or "trillion" or "phi-2" or "jina-es" or "jina-de" or "jina-v1-en" or "jina-v2-es"
            or "jina-v2-de" or "gigachat" or "roberta-bpe" or "exaone4" or "a.x-4.0" or "mellum" or "modern-bert" => Gpt2(),
        "smollm" or "starcoder" or "refact" or "command-r" or "codeshell" or "exaone" or "minerva-7b" or "jina-v2-code" => Gpt2(Digits),
        "llama3" or "llama-v3" or "llama-bpe" or "falcon3" or "falcon-h1" or "pixtral" or "lfm2" or "midm-2.0" or "dbrx" or "smaug-bpe" or "glm4"
            or "chatglm-bpe" or "llama4-base" => Split(Llama3),
        "qwen2" or "stablelm2" or "deepseek-r1-qwen" or "hunyuan" or "megrez" or "grok-2" or "kormo" => Split(Qwen2),
        "qwen35" => Split(Qwen35),
        "gpt-4o" or "llama4" or "kanana2" or "minimax-m2" => Split(Gpt4o),
        "tekken" => Split(Tekken),
        "deepseek-v3" or "hunyuan-dense" => Split(@"\p{N}{1,3}", "[一-龥\u3040-ゟ゠-ヿ]+", Deepseek3),
        "deepseek-coder" => Split(@"[\r\n]", @"\s?\p{L}+", @"\s?\p{P}+", "[一-龥ࠀ-一가-\uD7FF]+", @"\p{N}"),
        "falcon" => Sequence(Isolated(@"[\p{P}\$\+<=>\^~\|`]+"), Isolated(Gpt2Pattern), Isolated("[0-9][0-9][0-9]"), Bytes),
        "poro-chat" or "bloom" or "gpt3-finnish" => Split(Bloom),
        "viking" => Split(Bloom, @"\p{N}"),
        "bailingmoe" or "bailingmoe2" or "llada-moe" => Split(Bailing),
        "seed-coder" => Split(SeedCoder),
        "superbpe" => Split(@"\p{N}+", @"(?=(\d{3})+(?!\d))"),
        _ => null,
    };

    private const string Digits = """{"type":"Digits","individual_digits":true}""";

    private const string Bytes = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}""";

    private static string Gpt2(params IEnumerable<string> before) =>
        Sequence([.. before, """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"""]);

    private static string Split(params IEnumerable<string> patterns) => Sequence([.. patterns.Select(Isolated), Bytes]);

    private static string Isolated(string pattern) =>
        $$"""{"type":"Split","pattern":{"Regex":"{{JsonEncodedText.Encode(pattern)}}"},"behavior":"Isolated","invert":false}""";

    private static string Sequence(params IReadOnlyList<string> parts) =>
        parts is [var one] ? one : $$"""{"type":"Sequence","pretokenizers":[{{string.Join(',', parts)}}]}""";
}
