using Gptx.Checkpoints;

namespace Gptx.Interpretation;

/// <summary>Means over windows of a matrix. Sums go down the columns, a row at a time, so that the matrix is read once and the window's size costs nothing.</summary>
internal static class MovingAverage
{
    /// <summary>The means of all windows that fit wholly.</summary>
    public static float[][] Of(CheckpointTensor matrix, int rows, int columns, int window, int stride, CancellationToken cancellation)
    {
        var down = new double[columns];
        var kept = new Queue<float[]>();
        var averages = new List<float[]>();
        for (var row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var numbers = new float[columns];
            matrix.ReadSingles((long)row * columns, numbers);
            kept.Enqueue(numbers);
            Add(down, numbers, 1);
            if (kept.Count > window)
            {
                Add(down, kept.Dequeue(), -1);
            }

            if (row >= window - 1 && (row - window + 1) % stride == 0)
            {
                averages.Add(Across(down, window, stride));
            }
        }

        return [.. averages];
    }

    private static void Add(double[] sums, float[] numbers, double sign)
    {
        for (var column = 0; column < sums.Length; column++)
        {
            sums[column] += sign * numbers[column];
        }
    }

    private static float[] Across(double[] down, int window, int stride)
    {
        var averages = new float[((down.Length - window) / stride) + 1];
        for (var index = 0; index < averages.Length; index++)
        {
            var sum = 0.0;
            for (var column = index * stride; column < (index * stride) + window; column++)
            {
                sum += down[column];
            }

            averages[index] = (float)(sum / window / window);
        }

        return averages;
    }
}
