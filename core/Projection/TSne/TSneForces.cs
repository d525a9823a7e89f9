using System.Numerics;

namespace Gptx.Projection;

/// <summary>
/// The gradient of the KL divergence of a layout: dC/dy_i = c (sum_j a p_ij w' (y_i - y_j) - sum_j q_ij w'/w (y_i - y_j)), where a is the exaggeration and
/// c = 2 (f + 1) / f, 4 for one degree of freedom. Repulsion is summed in <typeparamref name="T"/>: float32 is enough to lay points out.
/// </summary>
internal sealed class TSneForces<T>(SparseRows similarities, int dimensions, double degreesOfFreedom, double? angle, RowLoop loop)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Block = 64;
    private readonly StudentKernel<T> _kernel = new(degreesOfFreedom);
    private readonly double _factor = 2 * (degreesOfFreedom + 1) / degreesOfFreedom;
    private readonly double[] _repulsion = new double[similarities.Count * dimensions];
    private readonly double[] _rowSums = new double[similarities.Count];

    /// <summary>Writes the gradient at a layout, [point * dimensions + axis].</summary>
    public void Gradient(double[] layout, double exaggeration, double[] gradient)
    {
        Array.Clear(_repulsion);
        if (angle is { } coarse)
        {
            RepelCells(layout, coarse);
        }
        else
        {
            RepelPairs(layout);
        }

        // Each point met itself, with w = 1.
        var normalization = loop.Sum(similarities.Count, Block, (first, end) =>
        {
            var sum = 0.0;
            for (var row = first; row < end; row++)
            {
                sum += _rowSums[row] - 1;
            }

            return sum;
        });
        var perWeight = normalization > 0 ? 1 / normalization : 0;
        loop.Run(similarities.Count, Block, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                Attract(layout, row, exaggeration, perWeight, gradient);
            }
        });
    }

    private void RepelPairs(double[] layout)
    {
        var all = LayoutAxes<T>.Of(layout, dimensions);
        loop.Run(similarities.Count, Block, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                Repel(layout, row, all);
            }
        });
    }

    private void RepelCells(double[] layout, double coarse)
    {
        var tree = BarnesHutTree.Of(layout, dimensions);
        loop.Run(tree.Leaves.Count, 8, (first, end) =>
        {
            var met = new LayoutAxes<T>(dimensions, 1024);
            for (var leaf = first; leaf < end; leaf++)
            {
                tree.Gather(tree.Leaves[leaf], coarse, met);
                foreach (var row in tree.Points(tree.Leaves[leaf]))
                {
                    Repel(layout, row, met);
                }
            }
        });
    }

    private void Repel(double[] layout, int row, LayoutAxes<T> others)
    {
        Span<T> point = stackalloc T[3];
        Span<T> force = stackalloc T[3];
        force.Clear();
        for (var axis = 0; axis < dimensions; axis++)
        {
            point[axis] = T.CreateTruncating(layout[(row * dimensions) + axis]);
        }

        _rowSums[row] = double.CreateTruncating(_kernel.Repel(others, point[..dimensions], force));
        for (var axis = 0; axis < dimensions; axis++)
        {
            _repulsion[(row * dimensions) + axis] = double.CreateTruncating(force[axis]);
        }
    }

    private void Attract(double[] layout, int row, double exaggeration, double perWeight, double[] gradient)
    {
        Span<double> pull = stackalloc double[3];
        pull.Clear();
        ReadOnlySpan<double> own = layout.AsSpan(row * dimensions, dimensions);
        for (var entry = similarities.Starts[row]; entry < similarities.Starts[row + 1]; entry++)
        {
            ReadOnlySpan<double> other = layout.AsSpan(similarities.Columns[entry] * dimensions, dimensions);
            var (dx, dy) = (own[0] - other[0], own[1] - other[1]);
            var dz = dimensions == 3 ? own[2] - other[2] : 0;
            var strength = similarities.Values[entry] / (1 + (((dx * dx) + (dy * dy) + (dz * dz)) / degreesOfFreedom));
            pull[0] += strength * dx;
            pull[1] += strength * dy;
            pull[2] += strength * dz;
        }

        for (var axis = 0; axis < dimensions; axis++)
        {
            var place = (row * dimensions) + axis;
            gradient[place] = _factor * ((exaggeration * pull[axis]) - (perWeight * _repulsion[place]));
        }
    }
}
