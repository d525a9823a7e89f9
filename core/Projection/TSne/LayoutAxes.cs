using System.Numerics;

namespace Gptx.Projection;

/// <summary>
/// Weighted points of a layout, an axis after another, padded to whole vectors with points of weight 0: what repulsion is summed over.
/// </summary>
internal sealed class LayoutAxes<T>
    where T : unmanaged, INumber<T>
{
    private int _capacity;

    public LayoutAxes(int dimensions, int capacity)
    {
        Axes = new T[dimensions][];
        Grow(capacity);
    }

    /// <summary>The coordinates, [axis][point].</summary>
    public T[][] Axes { get; }

    /// <summary>How many points each stands for.</summary>
    public T[] Weights { get; private set; } = [];

    public int Count { get; private set; }

    /// <summary>The count, up to whole vectors.</summary>
    public int Padded => (Count + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count;

    /// <summary>All points of a layout, each with weight 1; coordinates are [point * dimensions + axis].</summary>
    public static LayoutAxes<T> Of(ReadOnlySpan<double> layout, int dimensions)
    {
        var all = new LayoutAxes<T>(dimensions, layout.Length / dimensions);
        for (var start = 0; start < layout.Length; start += dimensions)
        {
            all.Add(layout.Slice(start, dimensions), 1);
        }

        return all;
    }

    public void Clear()
    {
        Weights.AsSpan(0, Count).Clear();
        Count = 0;
    }

    public void Add(ReadOnlySpan<double> point, double weight)
    {
        if (Count == _capacity)
        {
            Grow(2 * _capacity);
        }

        for (var axis = 0; axis < Axes.Length; axis++)
        {
            Axes[axis][Count] = T.CreateTruncating(point[axis]);
        }

        Weights[Count++] = T.CreateTruncating(weight);
    }

    private void Grow(int capacity)
    {
        _capacity = Math.Max(64, (capacity + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count);
        for (var axis = 0; axis < Axes.Length; axis++)
        {
            var grown = new T[_capacity];
            Axes[axis]?.CopyTo(grown, 0);
            Axes[axis] = grown;
        }

        var weights = new T[_capacity];
        Weights.CopyTo(weights, 0);
        Weights = weights;
    }
}
