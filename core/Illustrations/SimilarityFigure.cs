using Gptx.Analyses;
using Gptx.Embeddings;
using Gptx.Figures;

namespace Gptx.Illustrations;

/// <summary>How alike vectors are: neighbours as bars, each to each as a matrix.</summary>
public static class SimilarityFigure
{
    /// <summary>Words near words or sums of words, a panel a query.</summary>
    public static Figure Of(IReadOnlyList<NearWord> words) => Bars(
        [.. words.Select(word => (word.Text, word.Index, word.Word, word.Score))], words[0].Metric, $"Model: {VisibleText.OneLine(words[0].Model)}.");

    /// <summary>Vectors near vectors, a panel a query.</summary>
    public static Figure Of(IReadOnlyList<NearVector> vectors) => Bars(
        [.. vectors.Select(vector => (vector.Text, vector.Index, vector.Match, vector.Score))], vectors[0].Metric, null);

    /// <summary>Rows that are like texts, a panel a query.</summary>
    public static Figure Of(IReadOnlyList<SimilarText> texts) => Bars(
        [.. texts.Select(text => (text.Query, text.Index, text.ToString(), text.Score))], texts[0].Metric, $"Found in {VisibleText.OneLine(texts[0].Source)}.");

    /// <summary>Each with each, as a matrix.</summary>
    public static Figure Of(IReadOnlyList<VectorSimilarity> pairs)
    {
        var texts = new SortedDictionary<int, string>();
        foreach (var pair in pairs)
        {
            texts[pair.Index] = pair.Text;
            texts[pair.OtherIndex] = pair.Other;
        }

        int[] places = [.. texts.Keys];
        var rows = places.Select(_ => Enumerable.Repeat(float.NaN, places.Length).ToArray()).ToArray();
        foreach (var pair in pairs)
        {
            var (row, column) = (Array.IndexOf(places, pair.Index), Array.IndexOf(places, pair.OtherIndex));
            rows[row][column] = rows[column][row] = (float)pair.Score;
        }

        string[] labels = [.. texts.Values];
        var values = pairs.Select(pair => pair.Score).ToList();
        var label = Name(pairs[0].Metric);
        return Figure.Of(
            $"How alike {labels.Length} vectors are",
            new Heatmap(rows, pairs[0].Metric == VectorMetric.Euclidean ? ColourScale.OfAmounts(values, label, ColourMap.Viridis.Reversed) : ColourScale.OfAmounts(values, label))
            {
                RowLabels = labels,
                ColumnLabels = labels,
                LargestCell = 46,
                CellTexts = labels.Length <= 16 ? [.. rows.Select(row => (string[])[.. row.Select(score => float.IsNaN(score) ? "" : $"{score:0.00}")])] : null,
            },
            pairs[0].Model is { } model ? $"Each with each other; the diagonal is left blank. Model: {VisibleText.OneLine(model)}." : "Each with each other; the diagonal is left blank.");
    }

    private static Figure Bars(IReadOnlyList<(string Text, int Index, string Near, double Score)> all, VectorMetric metric, string? caption)
    {
        List<(string Text, int Index, string Near, double Score)[]> queries = [.. all.GroupBy(near => near.Index).Select(query => query.ToArray())];
        return new Figure(
            $"Nearest to {TitledText.Of([.. queries.Select(query => query[0].Text)])}",
            [
                .. queries.Select(query => new BarChart([.. query.Select(near => new LabelledBar(near.Near, near.Score, $"{near.Score:0.0000}"))])
                {
                    Title = queries.Count == 1 ? null : TitledText.Of(query[0].Text),
                    ValueTitle = Name(metric),
                }),
            ])
        {
            Caption = caption,
            Columns = queries.Count > 1 ? 2 : 1,
        };
    }

    private static string Name(VectorMetric metric) => metric switch
    {
        VectorMetric.Cosine => "cosine",
        VectorMetric.Dot => "dot product",
        _ => "Euclidean distance (smaller is nearer)",
    };
}
