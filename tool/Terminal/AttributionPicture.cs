using Gptx.Interpretation;

namespace Gptx.Tool.Terminal;

/// <summary>What a prediction rests on, as bars: to the right what raises it, to the left what lowers it.</summary>
internal static class AttributionPicture
{
    public static void Show(Screen screen, IReadOnlyList<LogitAttribution> attributions)
    {
        foreach (var attribution in attributions)
        {
            screen.Heading(attribution.Text);
            var against = attribution.Against is { } other ? $" - logit of {VisibleText.OfToken(other)}" : "";
            screen.Line($"logit of {VisibleText.OfToken(attribution.Target)}{against} after position {attribution.Position}{(attribution.SoftCap is { } cap ? $", before its cap of {cap}" : "")}");
            var largest = attribution.Parts.Max(part => Math.Abs(part.Contribution));
            screen.Table(
                [">block", "part", ">contribution", ""],
                attribution.Parts.Select(part => (string[])
                [
                    $"{part.Block}", NameOf(part), Readable.Short(part.Contribution), Signed(screen, part.Contribution / Math.Max(largest, 1e-30)),
                ]));
            screen.Line($"sum {Readable.Short(attribution.Sum)} (heads and their bias are parts of their block's attention)");
        }
    }

    public static void Show(Screen screen, IReadOnlyList<OcclusionEffect> effects)
    {
        foreach (var text in effects.GroupBy(effect => effect.Index))
        {
            screen.Heading(text.First().Text);
            screen.Line($"probability of {VisibleText.OfToken(text.First().Target)} next: {Readable.Percent(text.First().ProbabilityBefore)}");
            var largest = text.Max(effect => Math.Abs(effect.Difference));
            screen.Table(
                [">position", "without", ">probability", ">difference", ""],
                text.Select(effect => (string[])
                [
                    $"{effect.Position}",
                    VisibleText.OfToken(effect.Token),
                    Readable.Percent(effect.Probability),
                    Readable.Short(effect.Difference),
                    Signed(screen, effect.Difference / Math.Max(largest, 1e-30)),
                ]));
        }
    }

    /// <summary>A bar to either side of a line, for numbers from -1 to 1.</summary>
    /// <param name="screen">The screen.</param>
    /// <param name="share">The number.</param>
    /// <param name="taken">How many columns the rest of the line takes.</param>
    public static string Signed(Screen screen, double share, int taken = 56)
    {
        var half = Math.Max(4, (screen.Width - taken) / 2);
        var bar = new string('█', (int)Math.Round(Math.Abs(share) * half));
        return share < 0 ? bar.PadLeft(half) + '│' : new string(' ', half) + '│' + bar;
    }

    private static string NameOf(LogitPart part) => part.Kind switch
    {
        LogitPartKind.Embedding => "token embedding",
        LogitPartKind.PositionEmbedding => "position embedding",
        LogitPartKind.Attention => "attention",
        LogitPartKind.Head => $"  head {part.Head}",
        LogitPartKind.AttentionBias => "  bias",
        LogitPartKind.FeedForward => "feed-forward",
        LogitPartKind.NormBias => "bias of the final norm",
        _ => "bias of the unembedding",
    };
}
