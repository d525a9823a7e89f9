namespace Gptx.Tokenization;

/// <summary>Maps the member <c>normalizer</c> of a tokenizer.json to an object.</summary>
internal static class NormalizerJson
{
    private const string Kinds =
        "BertNormalizer, ByteLevel, Lowercase, NFC, NFD, NFKC, NFKD, Nmt, Precompiled, Prepend, Replace, Sequence, Strip, StripAccents, or none";

    public static INormalizer Read(JsonPart part) => part.Type switch
    {
        "NFC" => new UnicodeFormNormalizer(compatible: false, compose: true),
        "NFD" => new UnicodeFormNormalizer(compatible: false, compose: false),
        "NFKC" => new UnicodeFormNormalizer(compatible: true, compose: true),
        "NFKD" => new UnicodeFormNormalizer(compatible: true, compose: false),
        "Lowercase" => new LowercaseNormalizer(),
        "StripAccents" => CharacterFilter.StripAccents,
        "Nmt" => CharacterFilter.Nmt,
        "ByteLevel" => new ByteLevelNormalizer(),
        "Strip" => new StripNormalizer(part.Member("strip_left").Flag(), part.Member("strip_right").Flag()),
        "Prepend" => new PrependNormalizer(part.Member("prepend").Text()),
        "Replace" => new ReplaceNormalizer(PatternJson.Read(part.Member("pattern")), part.Member("content").Text()),
        "Precompiled" => Precompiled(part.Member("precompiled_charsmap")),
        "Sequence" => new NormalizerSequence([.. part.Member("normalizers").Items().Select(Read)]),
        "BertNormalizer" => new BertNormalizer(
            part.Member("clean_text").Flag(),
            part.Member("handle_chinese_chars").Flag(),
            part.Optional("strip_accents")?.Flag(),
            part.Member("lowercase").Flag()),
        _ => throw PartsJson.NotSupported(part, "normalizer", Kinds),
    };

    private static PrecompiledNormalizer Precompiled(JsonPart part)
    {
        part.Text();
        return part.Element.TryGetBytesFromBase64(out byte[]? map) && PrecompiledNormalizer.TryRead(map, out PrecompiledNormalizer? normalizer)
            ? normalizer
            : throw part.Wrong("a SentencePiece character map in base64");
    }
}
