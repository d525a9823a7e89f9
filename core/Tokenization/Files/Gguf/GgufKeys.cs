namespace Gptx.Tokenization;

/// <summary>The names of a GGUF file's entries about its tokenizer.</summary>
internal static class GgufKeys
{
    public const string Model = "tokenizer.ggml.model";
    public const string Pre = "tokenizer.ggml.pre";
    public const string Tokens = "tokenizer.ggml.tokens";
    public const string Types = "tokenizer.ggml.token_type";
    public const string Scores = "tokenizer.ggml.scores";
    public const string Merges = "tokenizer.ggml.merges";
    public const string BeginId = "tokenizer.ggml.bos_token_id";
    public const string EndId = "tokenizer.ggml.eos_token_id";
    public const string EndOfTurnId = "tokenizer.ggml.eot_token_id";
    public const string UnknownId = "tokenizer.ggml.unknown_token_id";
    public const string PaddingId = "tokenizer.ggml.padding_token_id";
    public const string SeparatorId = "tokenizer.ggml.seperator_token_id"; // spelt so in the format
    public const string ClassId = "tokenizer.ggml.cls_token_id";
    public const string AddBegin = "tokenizer.ggml.add_bos_token";
    public const string AddEnd = "tokenizer.ggml.add_eos_token";
    public const string AddSpacePrefix = "tokenizer.ggml.add_space_prefix";
    public const string RemoveExtraSpaces = "tokenizer.ggml.remove_extra_whitespaces";
    public const string CharacterMap = "tokenizer.ggml.precompiled_charsmap";
    public const string ChatTemplate = "tokenizer.chat_template";
}
