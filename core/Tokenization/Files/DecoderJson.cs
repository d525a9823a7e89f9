namespace Gptx.Tokenization;

/// <summary>Maps the member <c>decoder</c> of a tokenizer.json to an object.</summary>
internal static class DecoderJson
{
    private const string Kinds = "ByteLevel, WordPiece, Metaspace, ByteFallback, Fuse, Strip, Replace, BPEDecoder, CTC, Sequence, or none";

    public static ITokenDecoder Read(JsonPart part)
    {
        List<Step> steps = [.. Steps(part)];
        return steps is [{ Kind: StepKind.Bytes }, { Kind: StepKind.Fuse }] ? new ByteLevelDecoder() : new ChainDecoder(Streaming(steps));
    }

    private enum StepKind
    {
        Other,
        Bytes,
        Fuse,
    }

    private static IEnumerable<Step> Steps(JsonPart part) => part.Type switch
    {
        "Sequence" => part.Member("decoders").Items().SelectMany(Steps),
        "ByteLevel" => ByteLevel(part),
        "Fuse" => [new Step(StepKind.Fuse, () => new FuseRewriting())],
        "ByteFallback" => [new Step(StepKind.Other, () => new ByteFallbackRewriting())],
        "WordPiece" => WordPiece(part.Member("prefix").Text(), part.Member("cleanup").Flag()),
        "Metaspace" => Metaspace(part),
        "Strip" => Strip(part.Member("content").Character(), part.Member("start").Count(), part.Member("stop").Count()),
        "Replace" => Replace(PatternJson.Read(part.Member("pattern")), part.Member("content").Text()),
        "BPEDecoder" => Suffix(part.Member("suffix").Text()),
        "CTC" => Ctc(part.Member("pad_token").Text(), part.Member("word_delimiter_token").Text(), part.Member("cleanup").Flag()),
        _ => throw PartsJson.NotSupported(part, "decoder", Kinds),
    };

    // Has the pre-tokenizer's fields, and uses none of them.
    private static Step[] ByteLevel(JsonPart part)
    {
        PreTokenizerJson.ByteLevel(part);
        return [new Step(StepKind.Bytes, () => new DecoderRewriting(new ByteLevelDecoder())), new Step(StepKind.Fuse, () => new FuseRewriting())];
    }

    private static Step[] WordPiece(string prefix, bool cleanup) => [new Step(StepKind.Other, () => TokenRewritings.WordPiece(prefix, cleanup))];

    private static Step[] Metaspace(JsonPart part)
    {
        System.Text.Rune mark = part.Member("replacement").Character();
        PrependScheme scheme = PreTokenizerJson.Scheme(part);
        return [new Step(StepKind.Other, () => TokenRewritings.Metaspace(mark, scheme))];
    }

    private static Step[] Strip(System.Text.Rune content, long start, long stop)
    {
        return
        [
            new Step(StepKind.Other, () => TokenRewritings.Strip(content, start, stop))
            {
                AfterFuse = stop == 0 ? () => new LeadingStripRewriting(content, start) : null,
            },
        ];
    }

    private static Step[] Replace(ITextPattern pattern, string content) => [new Step(StepKind.Other, () => TokenRewritings.Replace(pattern, content))];

    private static Step[] Suffix(string suffix) => [new Step(StepKind.Other, () => new SuffixRewriting(suffix))];

    private static Step[] Ctc(string padToken, string delimiter, bool cleanup) => [new Step(StepKind.Other, () => new CtcRewriting(padToken, delimiter, cleanup))];

    // Fusing waits for the end of the text. Where only a strip at the beginning follows, or nothing, it can be done without.
    private static List<Func<ITokenRewriting>> Streaming(List<Step> steps)
    {
        int fuse = steps.FindIndex(step => step.Kind == StepKind.Fuse);
        if (fuse < 0 || !steps.Skip(fuse + 1).All(step => step.Kind == StepKind.Fuse || step.AfterFuse is not null))
        {
            return [.. steps.Select(step => step.Begin)];
        }

        return
        [
            .. steps.Take(fuse).Select(step => step.Begin),
            .. steps.Skip(fuse + 1).Where(step => step.AfterFuse is not null).Select(step => step.AfterFuse!),
        ];
    }

    private sealed record Step(StepKind Kind, Func<ITokenRewriting> Begin)
    {
        public Func<ITokenRewriting>? AfterFuse { get; init; }
    }
}
