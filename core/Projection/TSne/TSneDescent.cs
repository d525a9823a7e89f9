namespace Gptx.Projection;

/// <summary>Gradient descent with momentum and a gain for each coordinate (Jacobs 1988), as van der Maaten's t-SNE has it; no step is longer than <see cref="LongestStep"/>.</summary>
internal sealed class TSneDescent(double[] layout, int dimensions)
{
    private const double LongestStep = 5;
    private const double SmallestGain = 0.01;
    private readonly double[] _gains = [.. Enumerable.Repeat(1.0, layout.Length)];
    private readonly double[] _steps = new double[layout.Length];

    /// <summary>Moves the layout against the gradient, and its mean to the origin.</summary>
    public void Step(double[] gradient, double rate, double momentum)
    {
        for (var place = 0; place < layout.Length; place++)
        {
            var isTurning = _steps[place] * gradient[place] >= 0;
            _gains[place] = Math.Max(SmallestGain, isTurning ? _gains[place] * 0.8 : _gains[place] + 0.2);
            _steps[place] = (momentum * _steps[place]) - (rate * _gains[place] * gradient[place]);
        }

        for (var point = 0; point < layout.Length; point += dimensions)
        {
            Shorten(_steps.AsSpan(point, dimensions));
        }

        for (var axis = 0; axis < dimensions; axis++)
        {
            Move(axis);
        }
    }

    private static void Shorten(Span<double> step)
    {
        var squared = 0.0;
        foreach (var part in step)
        {
            squared += part * part;
        }

        if (squared > LongestStep * LongestStep)
        {
            var scale = LongestStep / Math.Sqrt(squared);
            foreach (ref var part in step)
            {
                part *= scale;
            }
        }
    }

    private void Move(int axis)
    {
        var sum = 0.0;
        for (var place = axis; place < layout.Length; place += dimensions)
        {
            layout[place] += _steps[place];
            sum += layout[place];
        }

        var mean = sum / (layout.Length / dimensions);
        for (var place = axis; place < layout.Length; place += dimensions)
        {
            layout[place] -= mean;
        }
    }
}
