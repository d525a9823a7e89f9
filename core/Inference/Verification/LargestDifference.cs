namespace Gptx.Inference.Verification;

/// <summary>The largest difference between numbers and their references, alone and as a share of the largest reference.</summary>
internal struct LargestDifference
{
    private double _largestReference;

    /// <summary>The largest difference so far; infinite where one number is NaN or infinite and the other is not the same.</summary>
    public double Absolute { get; private set; }

    /// <summary>The largest difference over the largest reference.</summary>
    public readonly double Relative => Absolute == 0 ? 0 : Absolute / _largestReference;

    /// <summary>Takes more numbers in.</summary>
    public void Include(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        if (actual.Length != expected.Length)
        {
            throw new ArgumentException($"{actual.Length} numbers cannot be compared with {expected.Length}", nameof(expected));
        }

        for (var i = 0; i < actual.Length; i++)
        {
            if (actual[i].Equals(expected[i]))
            {
                _largestReference = Math.Max(_largestReference, float.IsFinite(expected[i]) ? Math.Abs(expected[i]) : 0);
                continue;
            }

            var difference = Math.Abs((double)actual[i] - expected[i]);
            Absolute = Math.Max(Absolute, double.IsNaN(difference) ? double.PositiveInfinity : difference);
            _largestReference = Math.Max(_largestReference, float.IsFinite(expected[i]) ? Math.Abs(expected[i]) : 0);
        }
    }
}
