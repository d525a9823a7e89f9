using Gptx.Figures;
using Gptx.Interpretation;

namespace Gptx.Illustrations;

/// <summary>The logit lens: what the model would say after each block, at each position.</summary>
public static class LensFigure
{
    private const double CellWidth = 74;

    /// <summary>The figure of readings, a panel a text: the last layer on top, in each cell the most probable token, coloured by its probability.</summary>
    public static Figure Of(IReadOnlyList<LensReading> readings)
    {
        List<LensReading[]> texts = [.. readings.GroupBy(reading => reading.Index).Select(text => text.ToArray())];
        var scale = new ColourScale(ColourMap.Viridis, 0, 1, "probability of the most probable token (by the square root)") { Exponent = 0.5 };
        return new Figure(
            $"Logit lens of {TitledText.Of([.. texts.Select(text => text[0].Text)])}",
            [.. texts.Select(text => Panel(text, scale) with { Title = texts.Count == 1 ? null : TitledText.Of(text[0].Text) })])
        {
            Caption = "A row is what the model would say if the block were its last: layer 0 are the embeddings, layer i what leaves block i - 1 (counted from 0; the essay's block i). "
                + $"{(readings[0].NormApplied ? "The final norm is applied to each layer. " : "")}A column is the token read last; the cell is the next token. Model: {VisibleText.OneLine(readings[0].Model)}.",
        };
    }

    private static Heatmap Panel(LensReading[] text, ColourScale scale)
    {
        int[] layers = [.. text.Select(reading => reading.Layer).Distinct().OrderDescending()];
        int[] positions = [.. text.Select(reading => reading.Position).Distinct().Order()];
        var cells = text.ToDictionary(reading => (reading.Layer, reading.Position));
        return new Heatmap(
            [.. layers.Select(layer => (float[])[.. positions.Select(position => cells.TryGetValue((layer, position), out var cell) ? (float)cell.Top[0].Probability : float.NaN)])], scale)
        {
            RowLabels = [.. layers.Select(layer => $"{layer}")],
            ColumnLabels = [.. positions.Select(position => VisibleText.OfToken(text.First(reading => reading.Position == position).Token))],
            RowTitle = "layer",
            ColumnTitle = "after",
            LargestCell = CellWidth,
            CellHeight = 22,
            CellTexts = [.. layers.Select(layer => (string[])[.. positions.Select(position => cells.TryGetValue((layer, position), out var cell) ? VisibleText.OfToken(cell.Top[0].Token) : "")])],
        };
    }
}
