using System.Numerics.Tensors;

namespace Gptx.Benchmarks;

/// <summary>How fast this machine reads memory: what decoding one row at a time cannot beat.</summary>
public static class MemoryBandwidth
{
    private const int Floats = 1 << 27;

    /// <summary>Bytes a second that all cores together read, summing half a gigabyte.</summary>
    public static double BytesPerSecond { get; } = MeasureAll();

    /// <summary>The measurement as a row.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        yield return new Measurement("memory bandwidth, reading, all cores", BytesPerSecond / 1e9, "GB/s");
    }

    private static double MeasureAll()
    {
        var values = new float[Floats];
        Array.Fill(values, 1f);
        var parts = Environment.ProcessorCount;
        var sums = new float[parts];
        var seconds = Measurement.MedianSeconds(9, () => Parallel.For(0, parts, part =>
        {
            var size = Floats / parts;
            sums[part] = TensorPrimitives.Sum<float>(values.AsSpan(part * size, size));
        }));
        return (double)Floats * sizeof(float) / seconds;
    }
}
