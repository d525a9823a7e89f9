using Gptx.Embeddings;
using Gptx.Figures;
using Gptx.Inference;

namespace Gptx.Illustrations;

/// <summary>Vectors as rows of coloured bars, a bar a number: blue below zero, orange above.</summary>
public static class VectorFigure
{
    // A few numbers in a hundred may be beyond the ends of the scale, so that the others are told apart.
    private const double Covered = 0.995;

    /// <summary>Token and word embeddings.</summary>
    public static Figure Of(IReadOnlyList<TokenVector> vectors) => Of(
        vectors.Select(vector => (VisibleText.OfToken(vector.Token), vector.Vector)),
        $"Embeddings of {TitledText.Of([.. vectors.Select(vector => vector.Text).Distinct()])}",
        vectors[0].Model);

    /// <summary>Position embeddings.</summary>
    public static Figure Of(IReadOnlyList<PositionVector> vectors) => Of(
        vectors.Select(vector => ($"{vector.Position}", vector.Vector)), $"Position embeddings of {vectors.Count} positions", vectors[0].Model, "position");

    /// <summary>Embeddings of texts.</summary>
    public static Figure Of(IReadOnlyList<TextVector> vectors) => Of(
        vectors.Select(vector => (vector.Text, vector.Vector)), $"Embeddings of {TitledText.Of([.. vectors.Select(vector => vector.Text)])}", vectors[0].Model);

    /// <summary>Hidden states, a row a token, a panel a text and layer.</summary>
    public static Figure Of(IReadOnlyList<HiddenState> states)
    {
        List<HiddenState[]> texts = [.. states.GroupBy(state => (state.Index, state.Layer)).Select(text => text.ToArray())];
        var scale = Scale(states.Select(state => state.Vector));
        int[] layers = [.. states.Select(state => state.Layer).Distinct()];
        return new Figure(
            $"Hidden states of {TitledText.Of([.. states.Select(state => state.Text).Distinct()])}, {(layers is [var one] ? $"layer {one}" : $"{layers.Length} layers")}",
            [
                .. texts.Select(text => Strips([.. text.Select(state => (VisibleText.OfToken(state.Token), state.Vector))], scale) with
                {
                    Title = texts.Count == 1 ? null : $"layer {text[0].Layer}: {TitledText.Of(text[0].Text)}",
                }),
            ])
        {
            Caption = $"Layer 0 are the embeddings, the last is after the final norm. Each row is the vector of a token, {states[0].Vector.Length} numbers wide. Model: {VisibleText.OneLine(states[0].Model)}.",
        };
    }

    /// <summary>Vectors with labels as a matrix of bars.</summary>
    internal static Heatmap Strips(IReadOnlyList<(string Label, float[] Vector)> vectors, ColourScale scale) => new([.. vectors.Select(vector => vector.Vector)], scale)
    {
        RowLabels = [.. vectors.Select(vector => vector.Label)],
        ColumnTitle = "dimension",
        CellHeight = vectors.Count switch { <= 4 => 34, <= 12 => 22, <= 60 => 13, _ => 3 },
    };

    /// <summary>The colours of vectors' numbers.</summary>
    internal static ColourScale Scale(IEnumerable<float[]> vectors) => ColourScale.OfSigned(vectors.SelectMany(vector => vector).Select(number => (double)number), "value", Covered);

    private static Figure Of(IEnumerable<(string Label, float[] Vector)> vectors, string title, string model, string? rowTitle = null)
    {
        (string Label, float[] Vector)[] all = [.. vectors];
        return Figure.Of(
            title,
            Strips(all, Scale(all.Select(vector => vector.Vector))) with { RowTitle = rowTitle },
            $"Each row is a vector of {all[0].Vector.Length} numbers, a bar a number. Model: {VisibleText.OneLine(model)}.");
    }
}
