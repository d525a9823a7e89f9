using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>Reads a BPE model out of the member <c>model</c> of a tokenizer.json.</summary>
internal static class BpeJson
{
    public static (TokenTable Tokens, ITokenizerModel Model) Read(JsonSections model)
    {
        if (model.Raw("vocab").IsEmpty || model.Raw("merges").IsEmpty)
        {
            string missing = model.Raw("vocab").IsEmpty ? "vocab" : "merges";
            throw TokenizerErrors.Unreadable(model.Path, $"the field '{missing}' is missing");
        }

        BpeOptions options = ReadOptions(model);
        TokenTable tokens = VocabularyJson.Read(model.Raw("vocab"), $"{model.Path}.vocab");
        var merges = new MergeList(tokens, options.ContinuingSubwordPrefix, $"{model.Path}.merges");
        ReadMerges(model.Raw("merges"), merges);
        return (tokens, new BpeModel(tokens, merges.ToTable(), options));
    }

    private static BpeOptions ReadOptions(JsonSections model)
    {
        double dropout = 0;
        if (model.Optional("dropout") is { } part
            && (part.Element.ValueKind != JsonValueKind.Number || !part.Element.TryGetDouble(out dropout) || dropout is < 0 or > 1))
        {
            throw part.Wrong("a number from 0 to 1");
        }

        return new BpeOptions
        {
            UnknownToken = model.Optional("unk_token")?.Text(),
            ContinuingSubwordPrefix = model.Optional("continuing_subword_prefix")?.Text() ?? "",
            EndOfWordSuffix = model.Optional("end_of_word_suffix")?.Text() ?? "",
            FuseUnknown = model.Optional("fuse_unk")?.Flag() ?? false,
            ByteFallback = model.Optional("byte_fallback")?.Flag() ?? false,
            IgnoreMerges = model.Optional("ignore_merges")?.Flag() ?? false,
            NoMerges = dropout >= 1,
        };
    }

    // A merge is "left right" or ["left", "right"]; a file has one kind only.
    private static void ReadMerges(ReadOnlyMemory<byte> json, MergeList merges)
    {
        Utf8JsonReader reader = JsonSections.Reader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw TokenizerErrors.Unreadable(merges.Path, "expected an array");
        }

        JsonTokenType kind = JsonTokenType.None;
        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            kind = kind == JsonTokenType.None ? reader.TokenType : kind;
            if (reader.TokenType != kind || kind is not (JsonTokenType.String or JsonTokenType.StartArray))
            {
                throw TokenizerErrors.Unreadable($"{merges.Path}[{i}]", "expected all merges as strings or all as pairs of strings");
            }

            if (kind == JsonTokenType.String)
            {
                merges.AddLine(JsonSections.Text(ref reader, merges.Path), i);
                continue;
            }

            string left = PairMember(ref reader, merges, i);
            string right = PairMember(ref reader, merges, i);
            reader.Read();
            if (reader.TokenType != JsonTokenType.EndArray)
            {
                throw TokenizerErrors.Unreadable($"{merges.Path}[{i}]", "expected a pair of strings");
            }

            merges.Add(left, right, i);
        }
    }

    private static string PairMember(ref Utf8JsonReader reader, MergeList merges, int index)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String
            ? JsonSections.Text(ref reader, merges.Path)
            : throw TokenizerErrors.Unreadable($"{merges.Path}[{index}]", "expected a pair of strings");
    }
}
