namespace Gptx.Tokenization;

/// <summary>Maps the member <c>pre_tokenizer</c> of a tokenizer.json to an object.</summary>
internal static class PreTokenizerJson
{
    private const string Kinds =
        "BertPreTokenizer, ByteLevel, CharDelimiterSplit, Digits, FixedLength, Metaspace, Punctuation, Sequence, Split, UnicodeScripts, Whitespace, WhitespaceSplit, or none";

    public static IPreTokenizer Read(JsonPart part) => part.Type switch
    {
        "ByteLevel" => ByteLevel(part),
        "BertPreTokenizer" => CharacterSplits.Bert,
        "UnicodeScripts" => new UnicodeScriptsPreTokenizer(),
        "Whitespace" => new WhitespacePreTokenizer(),
        "WhitespaceSplit" => CharacterSplits.Whitespace,
        "Digits" => CharacterSplits.Digits(part.Member("individual_digits").Flag()),
        "Punctuation" => CharacterSplits.Punctuation(part.Element.TryGetProperty("behavior", out _) ? Behavior(part.Member("behavior")) : SplitBehavior.Isolated),
        "CharDelimiterSplit" => CharacterSplits.Delimiter(part.Member("delimiter").Character()),
        "FixedLength" => new FixedLengthPreTokenizer(part.Element.TryGetProperty("length", out _) ? part.Member("length").Count() : 5),
        "Metaspace" => new MetaspacePreTokenizer(part.Member("replacement").Character(), Scheme(part), part.Optional("split")?.Flag() ?? true),
        "Split" => new PatternSplitter(PatternJson.Read(part.Member("pattern")), Behavior(part.Member("behavior")), part.Member("invert").Flag()),
        "Sequence" => new PreTokenizerSequence([.. part.Member("pretokenizers").Items().Select(Read)]),
        _ => throw PartsJson.NotSupported(part, "pre-tokenizer", Kinds),
    };

    public static ByteLevelPreTokenizer ByteLevel(JsonPart part)
    {
        part.Member("trim_offsets").Flag(); // means something to the post-processor only
        return new ByteLevelPreTokenizer(
            part.Member("add_prefix_space").Flag(),
            !part.Element.TryGetProperty("use_regex", out _) || part.Member("use_regex").Flag());
    }

    /// <summary>Metaspace's scheme; older files have <c>add_prefix_space</c>, which must not contradict it.</summary>
    public static PrependScheme Scheme(JsonPart part)
    {
        PrependScheme scheme = PrependScheme.Always;
        if (part.Element.TryGetProperty("prepend_scheme", out _))
        {
            JsonPart name = part.Member("prepend_scheme");
            scheme = name.Text() switch
            {
                "always" => PrependScheme.Always,
                "first" => PrependScheme.First,
                "never" => PrependScheme.Never,
                _ => throw name.Wrong("always, first or never"),
            };
        }

        if (part.Optional("add_prefix_space") is { } old && !old.Flag() && scheme != PrependScheme.Never)
        {
            throw old.Wrong("true where the prepend_scheme is not 'never'");
        }

        return scheme;
    }

    private static SplitBehavior Behavior(JsonPart part) => part.Text() switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        _ => throw part.Wrong("Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous"),
    };
}
