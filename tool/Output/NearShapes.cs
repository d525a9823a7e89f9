using Gptx.Embeddings;
using Gptx.Figures;
using Gptx.Illustrations;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>How neighbours are written and shown.</summary>
internal static class NearShapes
{
    public static Report<NearWord> Words { get; } = OfWords(SimilarityFigure.Of);

    /// <summary>Words near words, with a figure of their own.</summary>
    public static Report<NearWord> OfWords(Func<IReadOnlyList<NearWord>, Figure> draw) => new()
    {
        Shape = new(
            new("text", near => near.Text),
            new("index", near => near.Index),
            new("rank", near => near.Rank),
            new("word", near => near.Word),
            new("id", near => near.Id),
            new("score", near => near.Score),
            new("metric", near => near.Metric),
            new("model", near => near.Model)),
        Draw = draw,
        Show = (screen, all) =>
        {
            foreach (var query in all.GroupBy(near => near.Index))
            {
                screen.Heading(query.First().Text);
                screen.Table(
                    [">rank", "word", ">id", $">{JsonValue.CamelCase(query.First().Metric)}"],
                    query.Select(near => (string[])[$"{near.Rank}", VisibleText.OfToken(near.Word), $"{near.Id}", Readable.Short(near.Score)]));
            }
        },
    };

    public static Report<NearVector> Vectors { get; } = new()
    {
        Shape = new(
            new("text", near => near.Text),
            new("index", near => near.Index),
            new("rank", near => near.Rank),
            new("match", near => near.Match),
            new("matchIndex", near => near.MatchIndex),
            new("score", near => near.Score),
            new("metric", near => near.Metric)),
        Draw = SimilarityFigure.Of,
        Show = (screen, all) =>
        {
            foreach (var query in all.GroupBy(near => near.Index))
            {
                screen.Heading(query.First().Text);
                screen.Table(
                    [">rank", $">{JsonValue.CamelCase(query.First().Metric)}", "text"],
                    query.Select(near => (string[])[$"{near.Rank}", Readable.Short(near.Score), VisibleText.Shorten(VisibleText.OneLine(near.Match), screen.Width - 24)]));
            }
        },
    };
}
