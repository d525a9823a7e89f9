using System.Numerics.Tensors;

namespace Gptx.Embeddings;

/// <summary>Pools the hidden states of one text, window by window.</summary>
internal sealed class HiddenStatePool(TextPooling pooling, int width)
{
    private readonly double[] _sum = new double[width];
    private readonly float[] _largest = [.. Enumerable.Repeat(float.NegativeInfinity, width)];
    private float[] _last = [];
    private long _count;

    /// <summary>Takes in the hidden states of a window, [position, width].</summary>
    public void Add(ReadOnlySpan<float> states)
    {
        for (var start = 0; start < states.Length; start += width)
        {
            var state = states.Slice(start, width);
            for (var i = 0; i < width; i++)
            {
                _sum[i] += state[i];
            }

            TensorPrimitives.Max(_largest, state, _largest);
            _count++;
        }

        _last = states[^width..].ToArray();
    }

    /// <summary>The pooled vector.</summary>
    public float[] Vector() => pooling switch
    {
        TextPooling.Last => _last,
        TextPooling.Max => _largest,
        _ => Array.ConvertAll(_sum, sum => (float)(sum / _count)),
    };
}
