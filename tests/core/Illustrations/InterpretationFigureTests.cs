using Gptx.Figures;
using Gptx.Illustrations;
using Gptx.Interpretation;

namespace Gptx.Tests.Illustrations;

/// <summary>Figures of findings: the numbers in them are the findings'.</summary>
public sealed class InterpretationFigureTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_lens_has_the_last_layer_on_top_and_its_words_in_the_cells()
    {
        var readings = LogitLens.Of(embedded.Model, embedded.Text("Once upon a"), cancellation: Cancellation);
        var map = (Heatmap)LensFigure.Of(readings).Panels[0];
        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], map.RowLabels);
        Assert.Equal(["Once", "·upon", "·a"], map.ColumnLabels);
        var last = readings.Single(reading => reading.Layer == 6 && reading.Position == 2).Top[0];
        Assert.Equal(VisibleText.OfToken(last.Token), map.CellTexts![0][2]);
        Assert.Equal((float)last.Probability, map.Values[0][2]);
    }

    [Fact]
    public void Attribution_shows_every_part_with_its_sign()
    {
        var attribution = LogitAttributor.Of(embedded.Model, embedded.Text("Once upon a"), cancellation: Cancellation);
        var bars = ((BarChart)AttributionFigure.Of([attribution]).Panels[0]).Bars;
        Assert.All(bars, bar => Assert.Contains(attribution.Parts, part => part.Contribution == bar.Value));
        Assert.Equal(Math.Min(attribution.Parts.Count, 60), bars.Count);
    }

    [Fact]
    public void Occlusion_colours_what_the_prediction_rests_on()
    {
        var effects = Occlusion.Of(embedded.Model, embedded.Text("Once upon a"), cancellation: Cancellation);
        var text = (ColouredText)AttributionFigure.Of(effects).Panels[0];
        Assert.Equal("Once upon a", string.Concat(text.Pieces.Select(piece => piece.Text)));
        Assert.Equal(effects.Select(effect => (double?)effect.LogProbabilityDifference), text.Pieces.Select(piece => piece.Value));
    }

    [Fact]
    public void Ablation_and_patching_are_matrices_of_blocks()
    {
        var effects = Ablation.Measure(embedded.Model, [embedded.Text("Once upon a time")], Ablation.Sites(embedded.Model, [0, 1], []), AblationMethod.Zero, cancellation: Cancellation).ToList();
        var lost = (Heatmap)InterventionFigure.Of(effects).Panels[0];
        Assert.Equal(["0", "1"], lost.RowLabels);
        Assert.Equal("feed-forward", lost.ColumnLabels![^1]);
        Assert.Equal(effects.Select(effect => (float)(effect.Increase ?? double.NaN)).Order(), lost.Values.SelectMany(row => row).Order());
        var patched = ActivationPatch.Measure(embedded.Model, embedded.Text("The king rode"), embedded.Text("The queen rode"), new PatchOptions { Blocks = [0] }, Cancellation).ToList();
        Assert.Equal(patched.Select(effect => effect.Kind).Distinct().Count(), InterventionFigure.Of(patched).Panels.Count);
    }

    [Fact]
    public void Histograms_are_of_blocks_and_matrices_share_a_scale()
    {
        var weights = WeightMeasure.Of(embedded.Model, bins: 20, cancellation: Cancellation).ToList();
        var figure = WeightFigure.Of(weights);
        Assert.Equal(6, figure.Panels.Count);
        Assert.Contains("blocks 1 to 6", figure.Caption, StringComparison.Ordinal);
        var bins = ((Plot)figure.Panels[0]).Marks.OfType<Histogram>().Single().Bins;
        Assert.Equal(weights.First(each => each.Name == "block 0").Histogram, bins.Select(bin => (long)bin.Height));
        var matrices = WeightMeasure.Matrices(embedded.Model, "*.attn.c_proj.weight", 64, 32, Cancellation).ToList();
        Assert.Equal(6, matrices.Count);
        Assert.Single(WeightFigure.Of(matrices).Panels.Cast<Heatmap>().Select(panel => panel.Scale).Distinct());
    }

    [Fact]
    public void Heads_have_a_panel_a_measure_and_an_explanation_six()
    {
        var heads = HeadMeasure.Of(embedded.Model, embedded.Text("The king and the king"), cancellation: Cancellation);
        var panels = HeadFigure.Of(heads).Panels.Cast<Heatmap>().ToList();
        Assert.Equal((float)heads.Single(head => head is { Block: 3, Head: 5 }).Entropy, panels[0].Values[3][5]);
        Assert.Equal(6, ExplanationFigure.Of([AttentionExplanation.Of(embedded.Model, embedded.Text("The king"), 0, 0, cancellation: Cancellation)]).Panels.Count);
    }
}
