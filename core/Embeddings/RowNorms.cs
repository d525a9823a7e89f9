namespace Gptx.Embeddings;

/// <summary>The Euclidean norm of each row of a table, in float64; a row with a number that is not finite is an error.</summary>
internal static class RowNorms
{
    private const int Chunk = 1024;

    public static double[] Of(VectorTable table)
    {
        double[] norms = new double[table.Count];
        Parallel.For(0, (table.Count + Chunk - 1) / Chunk, chunk => Fill(table, chunk * Chunk, norms));
        int bad = Array.FindIndex(norms, norm => !double.IsFinite(norm));
        return bad < 0 ? norms : throw VectorChecks.NotFinite($"row {bad} of the table");
    }

    private static void Fill(VectorTable table, int first, double[] norms)
    {
        var vector = new PaddedVectors(1, table.Width);
        float[] scratch = new float[table.Width];
        for (int row = first; row < Math.Min(first + Chunk, table.Count); row++)
        {
            vector.Set(0, table.Row(row, scratch));
            norms[row] = MetricScore.Norm(vector.From(0));
        }
    }
}
