using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>Reads a BPE model out of the member <c>model</c> of a tokenizer.json.</summary>
internal static class BpeJson
{
    public static (TokenTable Tokens, ITokenizerModel Model) Read(JsonSections model)
    {
        if (!model.Has("vocab") || !model.Has("merges"))
        {
            string missing = model.Has("vocab") ? "merges" : "vocab";
            throw TokenizerErrors.Unreadable(model.Path, $"the field '{missing}' is missing");
        }

        BpeOptions options = ReadOptions(model);
        TokenTable tokens = VocabularyJson.Read(model.Large("vocab"), $"{model.Path}.vocab");
        var merges = new MergeList(tokens, options.ContinuingSubwordPrefix, $"{model.Path}.merges");
        ReadMerges(model.Large("merges"), merges);
        return (tokens, new BpeModel(tokens, merges.Table, options));
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
        var scanner = new JsonScanner(json.Span, merges.Path);
        if (!scanner.TryTake('['))
        {
            throw TokenizerErrors.Unreadable(merges.Path, "expected an array");
        }

        if (!scanner.TryTake(']'))
        {
            ReadItems(ref scanner, merges);
        }

        scanner.End();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadItems(ref JsonScanner scanner, MergeList merges)
    {
        byte kind = scanner.Peek();
        int index = 0;
        do
        {
            if (scanner.Peek() != kind || kind is not ((byte)'"' or (byte)'['))
            {
                throw TokenizerErrors.Unreadable($"{merges.Path}[{index}]", "expected all merges as strings or all as pairs of strings");
            }

            if (kind == '"')
            {
                merges.AddLine(scanner.Text(), index);
            }
            else
            {
                ReadPair(ref scanner, merges, index);
            }

            index++;
        }
        while (scanner.Continues(']'));
    }

    private static void ReadPair(ref JsonScanner scanner, MergeList merges, int index)
    {
        scanner.Take('[');
        bool isPair = scanner.Peek() == '"';
        ReadOnlySpan<char> left = isPair ? merges.Keep(scanner.Text()) : default;
        isPair = isPair && scanner.TryTake(',') && scanner.Peek() == '"';
        ReadOnlySpan<char> right = isPair ? scanner.Text() : default;
        if (!isPair || !scanner.TryTake(']'))
        {
            throw TokenizerErrors.Unreadable($"{merges.Path}[{index}]", "expected a pair of strings");
        }

        merges.Add(left, right, index);
    }
}
