using System.Numerics.Tensors;

namespace Gptx.Embeddings;

/// <summary>Pools the hidden states of one text, window by window. The first token's state is kept even where it is not pooled.</summary>
internal sealed class HiddenStatePool(int width)
{
    private readonly double[] _sum = new double[width];
    private readonly double[] _weighted = new double[width];
    private readonly float[] _largest = [.. Enumerable.Repeat(float.NegativeInfinity, width)];
    private float[]? _first;
    private float[] _last = [];
    private double _weights;
    private long _seen;
    private long _count;

    /// <summary>Takes in the hidden states of a window, [position, width], but so many of the first.</summary>
    public void Add(ReadOnlySpan<float> states, int skipped = 0)
    {
        _first ??= states[..width].ToArray();
        for (var start = 0; start < states.Length; start += width)
        {
            _seen++;
            if (start >= skipped * width)
            {
                Include(states.Slice(start, width));
            }
        }

        _last = states[^width..].ToArray();
    }

    /// <summary>The pooled vector.</summary>
    public float[] Vector(TextPooling pooling) => pooling switch
    {
        TextPooling.Cls => _first!,
        TextPooling.Last => _last,
        TextPooling.Max => _largest,
        TextPooling.MeanSqrtLength => Array.ConvertAll(_sum, sum => (float)(sum / Math.Sqrt(_count))),
        TextPooling.WeightedMean => Array.ConvertAll(_weighted, sum => (float)(sum / _weights)),
        _ => Array.ConvertAll(_sum, sum => (float)(sum / _count)),
    };

    private void Include(ReadOnlySpan<float> state)
    {
        for (var i = 0; i < width; i++)
        {
            _sum[i] += state[i];
            _weighted[i] += (double)state[i] * _seen;
        }

        TensorPrimitives.Max(_largest, state, _largest);
        _weights += _seen;
        _count++;
    }
}
