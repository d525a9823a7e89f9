namespace Gptx.Embeddings;

/// <summary>Sums, means and comparisons of vectors. Computed in float64; results that are vectors are rounded to float32.</summary>
public static class VectorArithmetic
{
    /// <summary>
    /// The sum of <paramref name="plus"/> less the sum of <paramref name="minus"/>: king and woman less man is near queen.
    /// </summary>
    /// <exception cref="GptxException">InvalidArgument: <c>NoVectors</c>, <c>WidthMismatch</c>, <c>VectorNotFinite</c>.</exception>
    public static float[] Combine(IReadOnlyList<float[]> plus, IReadOnlyList<float[]> minus)
    {
        double[] sum = Sum(plus, minus);
        float[] result = Array.ConvertAll(sum, value => (float)value);
        VectorChecks.Finite(result, "the sum");
        return result;
    }

    /// <summary>The mean of <paramref name="vectors"/>.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>NoVectors</c>, <c>WidthMismatch</c>, <c>VectorNotFinite</c>.</exception>
    public static float[] Mean(IReadOnlyList<float[]> vectors) => Array.ConvertAll(Sum(vectors, []), sum => (float)(sum / vectors.Count));

    /// <summary>Cosine, dot product or distance of two vectors: the score that <see cref="NearestSearch"/> gives.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>WidthMismatch</c>, <c>VectorNotFinite</c>.</exception>
    public static double Similarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b, VectorMetric metric = VectorMetric.Cosine)
    {
        VectorChecks.SameWidth(b.Length, a.Length);
        VectorChecks.Finite(a, "vector 0");
        VectorChecks.Finite(b, "vector 1");
        return MetricScore.Of(metric, PaddedVectors.Of(a).From(0), PaddedVectors.Of(b).From(0));
    }

    /// <summary>The similarity of each vector to each: [vector, vector], symmetric.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>NoVectors</c>, <c>WidthMismatch</c>, <c>VectorNotFinite</c>.</exception>
    public static double[,] Similarities(IReadOnlyList<float[]> vectors, VectorMetric metric = VectorMetric.Cosine)
    {
        Check(vectors, []);
        PaddedVectors[] padded = [.. vectors.Select(vector => PaddedVectors.Of(vector))];
        double[,] scores = new double[padded.Length, padded.Length];
        for (int row = 0; row < padded.Length; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double score = MetricScore.Of(metric, padded[row].From(0), padded[column].From(0));
                (scores[row, column], scores[column, row]) = (score, score);
            }
        }

        return scores;
    }

    /// <summary>The mean cosine of each vector to the others: [vector]. The odd one out has the smallest.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>TooFewVectors</c> below three, <c>WidthMismatch</c>, <c>VectorNotFinite</c>.</exception>
    public static double[] MeanSimilarities(IReadOnlyList<float[]> vectors)
    {
        if (vectors.Count < 3)
        {
            throw VectorChecks.Refuse("TooFewVectors", $"{vectors.Count} vectors are not enough: the odd one out needs at least 3");
        }

        double[,] cosines = Similarities(vectors);
        double[] means = new double[vectors.Count];
        for (int row = 0; row < means.Length; row++)
        {
            for (int other = 0; other < means.Length; other++)
            {
                means[row] += other == row ? 0 : cosines[row, other] / (means.Length - 1);
            }
        }

        return means;
    }

    /// <summary>The index of the vector that is least like the others by mean cosine; the lowest among equals.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>TooFewVectors</c> below three, <c>WidthMismatch</c>, <c>VectorNotFinite</c>.</exception>
    public static int OddOneOut(IReadOnlyList<float[]> vectors)
    {
        double[] means = MeanSimilarities(vectors);
        return Array.IndexOf(means, means.Min());
    }

    private static double[] Sum(IReadOnlyList<float[]> plus, IReadOnlyList<float[]> minus)
    {
        Check(plus, minus);
        double[] sum = new double[plus.Concat(minus).First().Length];
        foreach (float[] vector in plus)
        {
            Add(vector, 1);
        }

        foreach (float[] vector in minus)
        {
            Add(vector, -1);
        }

        return sum;

        void Add(float[] vector, int sign)
        {
            for (int column = 0; column < sum.Length; column++)
            {
                sum[column] += sign * vector[column];
            }
        }
    }

    private static void Check(IReadOnlyList<float[]> vectors, IReadOnlyList<float[]> more)
    {
        int? width = null;
        int index = 0;
        foreach (float[] vector in vectors.Concat(more))
        {
            VectorChecks.SameWidth(vector.Length, width ??= vector.Length);
            VectorChecks.Finite(vector, $"vector {index++}");
        }

        if (width is null)
        {
            throw VectorChecks.Refuse("NoVectors", "no vectors were given: at least 1 is needed");
        }
    }
}
