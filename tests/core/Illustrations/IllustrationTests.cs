using System.Xml.Linq;
using Gptx.Embeddings;
using Gptx.Figures;
using Gptx.Generation;
using Gptx.Grouping;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Projection;

namespace Gptx.Tests.Illustrations;

/// <summary>Figures of real results: what they show is what the results say.</summary>
public sealed class IllustrationTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private const string Sentence = "The king rode out.";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Attention_maps_have_their_values_and_captions_count_both_ways()
    {
        var maps = AttentionMap.Of(embedded.Model, [embedded.Text(Sentence)], [1], [2], cancellation: Cancellation);
        var figure = AttentionFigure.Of(maps);
        var map = Assert.IsType<Heatmap>(Assert.Single(figure.Panels));
        Assert.Contains("block 1, head 2", figure.Title, StringComparison.Ordinal);
        Assert.Contains("Block 1, head 2, counted from 0", figure.Caption, StringComparison.Ordinal);
        Assert.Contains("block 2, head 3", figure.Caption, StringComparison.Ordinal);
        Assert.Equal(["The", "·king", "·rode", "·out", "."], map.RowLabels);
        for (var query = 0; query < 5; query++)
        {
            Assert.Equal(maps[0].Pattern[query][..(query + 1)], map.Values[query].Take(query + 1));
            Assert.All(map.Values[query].Skip(query + 1), weight => Assert.True(float.IsNaN(weight)));
        }
    }

    [Theory]
    [InlineData(new[] { 0 }, null, 8, 3, "8 heads of block 0")]
    [InlineData(null, new[] { 0 }, 6, 3, "head 0 of 6 blocks")]
    [InlineData(null, null, 48, 8, "8 heads of 6 blocks")]
    public void Grids_of_heads_have_a_panel_each(int[]? blocks, int[]? heads, int panels, int columns, string title)
    {
        var figure = AttentionFigure.Of(AttentionMap.Of(embedded.Model, [embedded.Text(Sentence)], blocks, heads, cancellation: Cancellation));
        Assert.Equal(panels, figure.Panels.Count);
        Assert.Equal(columns, figure.Columns);
        Assert.Contains(title, figure.Title, StringComparison.Ordinal);
        Assert.All(figure.Panels, panel => Assert.Matches(@"block \d,? head \d", panel.Title));
    }

    [Fact]
    public void A_pattern_that_looks_both_ways_is_shown_whole()
    {
        float[][] pattern = [[0.5f, 0.5f], [0.25f, 0.75f]];
        var map = (Heatmap)AttentionFigure.Of([new AttentionMap("a b", 0, 0, 0, ["a", "b"], pattern, "m")]).Panels[0];
        Assert.Equal(pattern, map.Values);
    }

    [Fact]
    public void Next_tokens_are_bars_and_many_of_them_a_line()
    {
        var few = NextTokenFigure.Of(NextToken.Of(embedded.Model, [embedded.Text("Once upon a")], cancellation: Cancellation));
        var bars = Assert.IsType<BarChart>(Assert.Single(few.Panels)).Bars;
        Assert.Equal(("·tree", "3.39 %"), (bars[0].Label, bars[0].Shown));
        var all = NextToken.Of(embedded.Model, [embedded.Text("Once upon a")], 8192, cancellation: Cancellation);
        var plot = Assert.IsType<Plot>(Assert.Single(NextTokenFigure.Of(all).Panels));
        Assert.Equal(AxisScale.Logarithmic, plot.X.Scale);
        Assert.Equal(AxisScale.Logarithmic, plot.Y.Scale);
        Assert.Equal(all.Select(next => ((double)next.Rank, next.Probability)), Assert.IsType<Line>(plot.Marks.Single()).Points.Select(point => (point.X, point.Y)));
    }

    [Fact]
    public void Temperature_zero_gives_all_probability_to_the_first()
    {
        var candidates = NextToken.Of(embedded.Model, [embedded.Text("Once upon a")], 3, temperature: 0, cancellation: Cancellation);
        Assert.Equal([1.0, 0.0, 0.0], candidates.Select(candidate => candidate.Probability));
        Assert.Equal([0.0, double.PositiveInfinity, double.PositiveInfinity], candidates.Select(candidate => candidate.Surprisal));
    }

    [Fact]
    public void Tokens_that_share_a_letter_are_one_piece_and_text_between_tokens_stays()
    {
        const string Text = "naïve שלום\n🙂";
        var pieces = ((ColouredText)TokenFigure.Of(TextToken.Of(embedded.Text(Text), 0, "m")).Panels[0]).Pieces;
        Assert.Equal(Text, System.Text.RegularExpressions.Regex.Replace(string.Concat(pieces.Select(piece => piece.Text)), @"×\d+", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotContain(pieces, piece => piece.Text.Contains('\uFFFD', StringComparison.Ordinal));
    }

    [Fact]
    public void Surprisal_colours_the_text_and_adds_up()
    {
        var score = TextScorer.Score(embedded.Model, embedded.Text("Once upon a naïve time"), cancellation: Cancellation);
        var text = (ColouredText)SurprisalFigure.Of([score]).Panels[0];
        Assert.Null(text.Pieces[0].Value);
        Assert.Equal(score.TotalSurprisal, text.Pieces.Sum(piece => piece.Value ?? 0), 9);
    }

    [Fact]
    public void Token_position_and_sum_have_one_scale()
    {
        var activations = TextActivation.Of(
            embedded.Model, [embedded.Text("The king and")], new Gptx.Activations.ActivationSelection("embed", "pos_embed", "blocks.0.resid_pre"), cancellation: Cancellation);
        var panels = ActivationFigure.Of(activations).Panels.Cast<Heatmap>().ToList();
        Assert.Equal(["embed", "pos_embed", "blocks.0.resid_pre"], panels.Select(panel => panel.Title));
        Assert.Single(panels.Select(panel => panel.Scale).Distinct());
        Assert.Equal(["The", "·king", "·and"], panels[0].RowLabels);
        Assert.Equal(panels[2].Values[1][7], panels[0].Values[1][7] + panels[1].Values[1][7], 5);
    }

    [Fact]
    public void Every_kind_of_activation_can_be_drawn()
    {
        var activations = TextActivation.Of(embedded.Model, [embedded.Text(Sentence)], new Gptx.Activations.ActivationSelection("blocks.0.*", "logits"), cancellation: Cancellation);
        Assert.All(activations, activation => Assert.NotEmpty(XDocument.Parse(FigureWriter.ToSvg(ActivationFigure.Of([activation]))).Descendants()));
    }

    [Fact]
    public void Similarities_are_a_symmetric_matrix()
    {
        var pairs = VectorSimilarity.OfPairs([new LabelledVector("a", [1, 0]), new LabelledVector("b", [1, 1]), new LabelledVector("c", [0, 1])]);
        var map = (Heatmap)SimilarityFigure.Of(pairs).Panels[0];
        Assert.Equal(["a", "b", "c"], map.RowLabels);
        Assert.Equal(pairs[0].Score, map.Values[0][1], 6);
        Assert.All(Enumerable.Range(0, 3), row => Assert.True(float.IsNaN(map.Values[row][row])));
        Assert.All(Enumerable.Range(0, 9), cell => Assert.Equal(map.Values[cell / 3][cell % 3], map.Values[cell % 3][cell / 3]));
    }

    [Fact]
    public void Results_find_their_figure_by_their_kind()
    {
        var word = new NearWord("king", 0, 1, "queen", 1, 0.79, VectorMetric.Cosine, "m");
        Assert.Contains("king", Illustration.Of([word]).Title, StringComparison.Ordinal);
        Assert.Equal("NothingToDraw", Assert.Throws<GptxException>(() => Illustration.Of([])).ErrorId);
        Assert.Equal("FigureUnknown", Assert.Throws<GptxException>(() => Illustration.Of(["text"])).ErrorId);
        Assert.Equal("FigureMixed", Assert.Throws<GptxException>(() => Illustration.Of([word, "text"])).ErrorId);
    }

    [Fact]
    public void An_analogy_is_two_arrows_of_one_step_and_other_sums_are_bars()
    {
        var search = new WordSearch(embedded.Model);
        var plot = Assert.IsType<Plot>(Assert.Single(AnalogyFigure.Of(WordAnalogy.Find(search, ["king", "woman"], ["man"], cancellation: Cancellation), search.Table).Panels));
        var arrows = plot.Marks.OfType<Arrows>().Single().Items;
        Assert.Equal(arrows[0].ToX - arrows[0].FromX, arrows[1].ToX - arrows[1].FromX, 6);
        Assert.Equal(arrows[0].ToY - arrows[0].FromY, arrows[1].ToY - arrows[1].FromY, 6);
        Assert.Equal(["king", "man", "woman", "queen"], plot.Marks.OfType<Scatter>().Single().Points.Take(4).Select(point => point.Label));
        Assert.IsType<BarChart>(AnalogyFigure.Of(WordAnalogy.Find(search, ["king", "queen"], [], cancellation: Cancellation), search.Table).Panels[0]);
    }

    [Fact]
    public void Layouts_are_drawn_in_a_plane_or_in_space_and_groups_have_colours()
    {
        var table = new EmbeddingTable(embedded.Model);
        NamedVector[] vectors = [.. new[] { "king", "queen", "prince", "bread", "butter", "cheese" }.Select(word => new NamedVector(word, table.OfWord(word, 0).Vector))];
        var flat = VectorProjection.Of(vectors, new ProjectionOptions(), cancellation: Cancellation);
        var points = Assert.IsType<Plot>(ProjectionFigure.Of(flat).Panels[0]).Marks.OfType<Scatter>().Single().Points;
        Assert.Equal(flat.Points.Select(point => (point.X, point.Y, (string?)point.Text)), points.Select(point => (point.X, point.Y, point.Label)));
        Assert.IsType<PointCloud>(ProjectionFigure.Of(VectorProjection.Of(vectors, new ProjectionOptions { Dimensions = 3 }, cancellation: Cancellation)).Panels[0]);
        var grouping = VectorGrouping.Of(vectors, new GroupingOptions { Groups = 2 }, Cancellation);
        var grouped = (Plot)GroupFigure.Of(grouping, vectors).Panels[0];
        Assert.Equal(2, grouped.Groups.Count);
        Assert.Equal(grouping.Vectors.Select(vector => (int?)vector.Group), grouped.Marks.OfType<Scatter>().Single().Points.Select(point => point.Group));
    }
}
