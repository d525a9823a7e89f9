using System.Globalization;
using Gptx.Figures;
using Gptx.Generation;

namespace Gptx.Illustrations;

/// <summary>What a model expects after texts: the first candidates as bars; many of them as probability by rank, both on logarithmic axes.</summary>
public static class NextTokenFigure
{
    /// <summary>How many candidates are bars; more are a line.</summary>
    public const int MostBars = 50;

    /// <summary>The figure of candidates: of up to <see cref="MostBars"/> a text bars, a panel a text; else one line a text.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="temperature">The temperature of their probabilities, for the caption; null says nothing of it.</param>
    public static Figure Of(IReadOnlyList<NextToken> candidates, double? temperature)
    {
        var figure = Of(candidates);
        return temperature is { } given ? figure with { Caption = $"Temperature {given:0.###}. {figure.Caption}" } : figure;
    }

    /// <summary>The figure of candidates whose temperature is not known.</summary>
    public static Figure Of(IReadOnlyList<NextToken> candidates)
    {
        List<NextToken[]> texts = [.. candidates.GroupBy(candidate => candidate.Index).Select(text => text.ToArray())];
        var after = TitledText.Of([.. texts.Select(text => text[0].Text)]);
        return texts.Any(text => text.Length > MostBars) ? Ranks(texts, after) : Bars(texts, after);
    }

    private static Figure Bars(List<NextToken[]> texts, string after) => new(
        $"The next token after {after}",
        [.. texts.Select(text => new BarChart([.. text.Select(Bar)]) { Title = texts.Count == 1 ? null : TitledText.Of(text[0].Text), ValueTitle = "probability" })])
    {
        Caption = $"The {texts.Max(text => text.Length)} most probable tokens and their probabilities; a space is shown as ·. Model: {ModelOf(texts)}.",
        Columns = texts.Count > 1 ? 2 : 1,
    };

    private static Figure Ranks(List<NextToken[]> texts, string after) => new(
        $"Probabilities of the next token after {after}, by rank",
        [
            new Plot(
                new Axis("rank") { Scale = AxisScale.Logarithmic, Min = 1 },
                new Axis("probability") { Scale = AxisScale.Logarithmic },
                [.. texts.Index().Select(text => Line(text.Item, texts.Count > 1, text.Index))]),
        ])
    {
        Caption = $"Both axes are logarithmic: a straight line is a power law. {texts[0].Length} tokens. Model: {ModelOf(texts)}.",
    };

    private static Line Line(NextToken[] text, bool isNamed, int group) => new(
        [.. text.Select(candidate => new PlotPoint(candidate.Rank, candidate.Probability, VisibleText.OfToken(candidate.Token)))],
        isNamed ? TitledText.Of(text[0].Text) : null,
        group);

    private static LabelledBar Bar(NextToken candidate) => new(
        VisibleText.OfToken(candidate.Token), candidate.Probability, (100 * candidate.Probability).ToString("0.00", CultureInfo.InvariantCulture) + " %");

    private static string ModelOf(List<NextToken[]> texts) => VisibleText.OneLine(texts[0][0].Model);
}
