using System.Numerics;

namespace Gptx.Projection;

/// <summary>
/// The forces of UMAP's layout: a neighbour pulls by the slope of ln(1 / (1 + a d^(2b))), any other point pushes by that of its complement; no step along
/// an axis is longer than 4 (umap-learn's <c>optimize_layout_euclidean</c>).
/// </summary>
internal readonly struct LayoutPull(DistanceCurve curve, int dimensions)
{
    private const float LongestStep = 4;
    private readonly float _a = (float)curve.A;
    private readonly float _b = (float)curve.B;

    /// <summary>Moves a point towards a neighbour.</summary>
    public void Attract(Span<float> point, Span<float> neighbour, float rate)
    {
        var squared = 0f;
        for (var axis = 0; axis < dimensions; axis++)
        {
            var difference = point[axis] - neighbour[axis];
            squared += difference * difference;
        }

        if (squared <= 0)
        {
            return;
        }

        var power = _a * MathF.Pow(squared, _b);
        var strength = -2 * _b * power / (squared * (power + 1));
        for (var axis = 0; axis < dimensions; axis++)
        {
            var step = rate * Math.Clamp(strength * (point[axis] - neighbour[axis]), -LongestStep, LongestStep);
            point[axis] += step;
            neighbour[axis] -= step;
        }
    }

    /// <summary>Moves a point away from others, a vector of them at a time. Those equal to it do not move it.</summary>
    /// <param name="point">The point.</param>
    /// <param name="others">The others, [axis * places + place], whole vectors.</param>
    /// <param name="places">How many, up to whole vectors; those that are not there are far away.</param>
    /// <param name="rate">The step.</param>
    public void Repel(Span<float> point, ReadOnlySpan<float> others, int places, float rate)
    {
        var (two, small, longest) = (new Vector<float>(2 * _b), new Vector<float>(0.001f), new Vector<float>(LongestStep));
        Span<float> moves = stackalloc float[3];
        for (var place = 0; place < places; place += Vector<float>.Count)
        {
            var dx = new Vector<float>(point[0]) - new Vector<float>(others[place..]);
            var dy = new Vector<float>(point[1]) - new Vector<float>(others[(places + place)..]);
            var dz = dimensions == 3 ? new Vector<float>(point[2]) - new Vector<float>(others[((2 * places) + place)..]) : default;
            var squared = (dx * dx) + (dy * dy) + (dz * dz);
            var power = new Vector<float>(_a) * Vector.Exp(Vector.Log(squared) * _b);
            var strength = two / ((small + squared) * (power + Vector<float>.One));
            strength = Vector.ConditionalSelect(Vector.GreaterThan(squared, Vector<float>.Zero), strength, Vector<float>.Zero);
            moves[0] = Vector.Sum(Clamp(strength * dx, longest));
            moves[1] = Vector.Sum(Clamp(strength * dy, longest));
            moves[2] = Vector.Sum(Clamp(strength * dz, longest));
            for (var axis = 0; axis < dimensions; axis++)
            {
                point[axis] += rate * moves[axis];
            }
        }
    }

    private static Vector<float> Clamp(Vector<float> value, Vector<float> longest) => Vector.Min(Vector.Max(value, -longest), longest);
}
