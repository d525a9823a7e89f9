using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>What a prediction is put down to: parts of the model as bars, tokens of the text as colours.</summary>
public static class AttributionFigure
{
    private const int MostBars = 60;

    /// <summary>Direct logit attribution: a bar a part, a panel a text.</summary>
    public static Figure Of(IReadOnlyList<LogitAttribution> attributions) => new(
        $"What makes the model say {Said(attributions[0])}",
        [
            .. attributions.Select(attribution => new BarChart([.. Parts(attribution).Select(part => new LabelledBar(Name(part), part.Contribution, $"{part.Contribution:0.000}", part.Contribution < 0 ? 0 : 1))])
            {
                Title = $"after {TitledText.Of(attribution.Text)}: {attribution.LogitDifference:0.000}",
                ValueTitle = attribution.Against is null ? "part of the logit" : "part of the difference of logits",
            }),
        ])
    {
        Columns = attributions.Count > 1 ? 2 : 1,
        Caption = $"The parts sum to the logit{(attributions[0].Against is null ? "" : " difference")}; heads are within their block's attention. {Counting.Sentence([.. attributions[0].Parts.Select(part => part.Block).OfType<int>()])} "
            + $"{(Parts(attributions[0]).Count < attributions[0].Parts.Count ? $"The {MostBars} largest of {attributions[0].Parts.Count} parts. " : "")}Model: {VisibleText.OneLine(attributions[0].Model)}.",
    };

    /// <summary>Occlusion: the text, each token on a ground that says how much the prediction loses without it; a panel a text.</summary>
    public static Figure Of(IReadOnlyList<OcclusionEffect> effects)
    {
        List<OcclusionEffect[]> texts = [.. effects.GroupBy(effect => effect.Index).Select(text => text.ToArray())];
        var scale = ColourScale.OfSigned(effects.Select(effect => effect.LogProbabilityDifference), "how much ln p falls without the token (nats)");
        return new Figure(
            $"What each token brings to {TitledText.Of(VisibleText.OfToken(effects[0].Target))}",
            [
                .. texts.Select(text => new ColouredText([.. text.Select(Piece)])
                {
                    Scale = scale,
                    Title = texts.Count == 1 ? null : $"text {text[0].Index}: next token {VisibleText.OfToken(text[0].Target)}",
                }),
            ])
        {
            Caption = "Each token is replaced in turn. Orange: the next token is less probable without it; blue: more probable. "
                + $"With the whole text its probability is {effects[0].ProbabilityBefore:0.0000}. Model: {VisibleText.OneLine(effects[0].Model)}.",
        };
    }

    private static string Said(LogitAttribution attribution) => attribution.Against is { } other
        ? $"{TitledText.Of(VisibleText.OfToken(attribution.Target))} rather than {TitledText.Of(VisibleText.OfToken(other))}"
        : TitledText.Of(VisibleText.OfToken(attribution.Target));

    // In the order of the forward pass; of very many the largest.
    private static IReadOnlyList<LogitPart> Parts(LogitAttribution attribution) => attribution.Parts.Count <= MostBars ? attribution.Parts
        : [.. attribution.Parts.Index().OrderByDescending(part => Math.Abs(part.Item.Contribution)).Take(MostBars).OrderBy(part => part.Index).Select(part => part.Item)];

    private static string Name(LogitPart part) => part.Kind switch
    {
        LogitPartKind.Embedding => "embedding",
        LogitPartKind.PositionEmbedding => "position",
        LogitPartKind.Attention => $"block {part.Block} attention",
        LogitPartKind.Head => $"· head {part.Head}",
        LogitPartKind.AttentionBias => "· bias",
        LogitPartKind.FeedForward => $"block {part.Block} feed-forward",
        LogitPartKind.NormBias => "bias of the norm",
        LogitPartKind.UnembeddingBias => "bias of the unembedding",
        _ => $"{part.Kind}",
    };

    private static TextPiece Piece(OcclusionEffect effect) => new(
        effect.Token, effect.LogProbabilityDifference, $"probability without it {effect.Probability:0.0000}")
    { IsToken = true };
}
