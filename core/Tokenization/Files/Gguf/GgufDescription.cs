namespace Gptx.Tokenization;

/// <summary>A GGUF file's tokenizer in words. The file names a kind and options; the parts are what llama.cpp makes of them.</summary>
internal static class GgufDescription
{
    /// <summary>Describes a tokenizer.</summary>
    /// <param name="read">What the file says.</param>
    /// <param name="parts">What was made of it.</param>
    public static TokenizerDescription Of(GgufTokenizer read, TokenizerParts parts) => TokenizerDescription.OfKinds(parts) with
    {
        Model = [$"{read.Model} of GGUF", .. Options(read.Model), .. Token("unknown token", read.UnknownId, parts)],
        Normalizer = Normalizer(read.Model, parts),
        PreTokenizer = read.Model switch
        {
            "gpt2" => [$"Splits of {read.PreTokenizer ?? "default"}", "ByteLevel"],
            "bert" => ["Bert"],
            "t5" => ["Metaspace: space as \"\u2581\""],
            _ => [],
        },
        PostProcessor = read.AddsBeginOfText || read.AddsEndOfText
            ? [.. Token("before the text", read.AddsBeginOfText ? read.BeginOfTextId : null, parts), .. Token("behind the text", read.AddsEndOfText ? read.EndOfTextId : null, parts)]
            : [],
        Decoder = read.Model switch
        {
            "gpt2" => ["ByteLevel"],
            "bert" => ["WordPiece: prefix \"##\"; takes the space before punctuation away"],
            "t5" => ["Metaspace: \"\u2581\" as a space"],
            _ => ["Replace: \"\u2581\" by a space", "ByteFallback"],
        },
    };

    private static string[] Options(string model) => model switch
    {
        "llama" => ["joins by score", "byte fallback"],
        "gpt2" => ["joins by merges"],
        "bert" => ["inside a word begins with \"##\""],
        _ => ["pieces by score"],
    };

    private static string[] Normalizer(string model, TokenizerParts parts) => model switch
    {
        "llama" when parts.Normalizer is NormalizerSequence => ["Prepend: \"\u2581\"", "Replace: a space by \"\u2581\""],
        "llama" => ["Replace: a space by \"\u2581\""],
        "bert" => ["Bert"],
        "t5" when parts.Normalizer is not null => ["the map of the file, if it has one; spaces in a row are one"],
        _ => [],
    };

    private static string[] Token(string what, int? id, TokenizerParts parts) =>
        id is { } known && parts.Tokens.TryGetToken(known, out string? token) ? [$"{what} \"{token}\""] : [];
}
