using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gptx.Projection;

/// <summary>
/// The t distribution of the layout with f degrees of freedom, w = (1 + d^2 / f)^(-(f + 1) / 2), and the sums that t-SNE needs of it, a vector of points at a
/// time. The force along a pair is w' = w / (1 + d^2 / f) times their difference (with f = 1: w^2).
/// </summary>
internal readonly struct StudentKernel<T>(double degreesOfFreedom)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _inverse = T.CreateTruncating(1 / degreesOfFreedom);
    private readonly T _power = T.CreateTruncating((degreesOfFreedom + 1) / -2);

    /// <summary>Adds to <paramref name="force"/> the sum of m w' (point - other) over all others, and returns the sum of m w; the point itself counts with w = 1 if it is among them.</summary>
    public T Repel(LayoutAxes<T> others, ReadOnlySpan<T> point, Span<T> force)
    {
        var weights = Vectors(others.Weights);
        Vector<T> sum = default, fx = default, fy = default, fz = default;
        var xs = Vectors(others.Axes[0]);
        var ys = Vectors(others.Axes[1]);
        var (px, py) = (new Vector<T>(point[0]), new Vector<T>(point[1]));
        if (point.Length == 2)
        {
            for (var i = 0; i < others.Padded / Vector<T>.Count; i++)
            {
                var (dx, dy) = (px - xs[i], py - ys[i]);
                var (w, pull) = Weigh(Vector<T>.One + ((dx * dx) + (dy * dy)) * _inverse);
                sum += weights[i] * w;
                var strength = weights[i] * pull;
                fx += strength * dx;
                fy += strength * dy;
            }
        }
        else
        {
            var zs = Vectors(others.Axes[2]);
            var pz = new Vector<T>(point[2]);
            for (var i = 0; i < others.Padded / Vector<T>.Count; i++)
            {
                var (dx, dy, dz) = (px - xs[i], py - ys[i], pz - zs[i]);
                var (w, pull) = Weigh(Vector<T>.One + ((dx * dx) + (dy * dy) + (dz * dz)) * _inverse);
                sum += weights[i] * w;
                var strength = weights[i] * pull;
                fx += strength * dx;
                fy += strength * dy;
                fz += strength * dz;
            }

            force[2] += Vector.Sum(fz);
        }

        force[0] += Vector.Sum(fx);
        force[1] += Vector.Sum(fy);
        return Vector.Sum(sum);
    }

    /// <summary>w of one squared distance.</summary>
    public T Weight(T squared) => T.Pow(T.One + (squared * _inverse), _power);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector<T> Weight, Vector<T> Pull) Weigh(Vector<T> scale)
    {
        var inverse = Vector<T>.One / scale;
        if (_inverse == T.One)
        {
            return (inverse, inverse * inverse);
        }

        var weight = Power(scale);
        return (weight, weight * inverse);
    }

    private Vector<T> Power(Vector<T> scale)
    {
        if (typeof(T) == typeof(float))
        {
            return Vector.Exp(Vector.Log(scale.As<T, float>()) * float.CreateTruncating(_power)).As<float, T>();
        }

        return Vector.Exp(Vector.Log(scale.As<T, double>()) * double.CreateTruncating(_power)).As<double, T>();
    }

    private static ReadOnlySpan<Vector<T>> Vectors(T[] values) => MemoryMarshal.Cast<T, Vector<T>>(values);
}
