using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using Vectors = System.Numerics.Vector<double>;

namespace Gptx.Projection;

/// <summary>
/// The smoothest eigenvectors of a connected graph: of D^-1/2 W D^-1/2 those of largest eigenvalue after the first, which is known (the square roots of the degrees). By subspace
/// iteration with a Chebyshev filter (Zhou and Saad 2007): a polynomial of the matrix that is small on all eigenvalues below those that are wanted.
/// </summary>
internal sealed class GraphEigenvectors
{
    private const int Columns = 8;
    private const int Degree = 40;
    private const int MostRounds = 30;
    private const double Tolerance = 1e-6;
    private const int Block = 256;
    private const double Dependent = 1e-9;

    private readonly SparseRows _graph;
    private readonly double[] _scales;
    private readonly double[] _first;
    private readonly RowLoop _loop;
    private readonly CountedRandom _random;
    private ulong _drawn;

    private GraphEigenvectors(SparseRows graph, ulong seed, RowLoop loop)
    {
        (_graph, _loop, _random) = (graph, loop, new CountedRandom(seed));
        var degrees = new double[graph.Count];
        for (var row = 0; row < graph.Count; row++)
        {
            for (var entry = graph.Starts[row]; entry < graph.Starts[row + 1]; entry++)
            {
                degrees[row] += graph.Values[entry];
            }
        }

        _scales = Array.ConvertAll(degrees, degree => 1 / Math.Sqrt(degree));
        var total = degrees.Sum();
        _first = Array.ConvertAll(degrees, degree => Math.Sqrt(degree / total));
    }

    /// <summary>The fewest points for which it works.</summary>
    public static int FewestPoints => 2 * Columns;

    /// <summary>Some eigenvectors, [which][point]; at least <see cref="FewestPoints"/> points, all connected.</summary>
    public static double[][] Of(SparseRows graph, int wanted, ulong seed, RowLoop loop) => new GraphEigenvectors(graph, seed, loop).Solve(wanted);

    private double[][] Solve(int wanted)
    {
        var n = _graph.Count;
        var basis = new double[n * Columns];
        for (var place = 0; place < basis.Length; place++)
        {
            basis[place] = _random.Normal(_drawn++);
        }

        var lowest = 0.0;
        for (var round = 0; round < MostRounds; round++)
        {
            _loop.Cancellation.ThrowIfCancellationRequested();
            basis = Filter(basis, lowest);
            Orthonormalize(basis);
            var product = Times(basis);
            var ritz = Inner(basis, product).Evd(Symmetricity.Symmetric);
            // MathNet gives them in ascending order.
            var turn = Matrix<double>.Build.Dense(Columns, Columns, (row, column) => ritz.EigenVectors[row, Columns - 1 - column]);
            (basis, product) = (Turn(basis, turn), Turn(product, turn));
            lowest = Math.Clamp(ritz.EigenValues[0].Real, -0.5, 0.999999);
            if (Residual(basis, product, ritz.EigenValues[Columns - 1].Real, 0) < Tolerance
                && Enumerable.Range(0, wanted).All(column => Residual(basis, product, ritz.EigenValues[Columns - 1 - column].Real, column) < Tolerance))
            {
                break;
            }
        }

        return [.. Enumerable.Range(0, wanted).Select(column => Enumerable.Range(0, n).Select(row => basis[(row * Columns) + column]).ToArray())];
    }

    // T_degree of the matrix, mapped so that -1 to lowest becomes -1 to 1.
    private double[] Filter(double[] basis, double lowest)
    {
        var (centre, half) = ((lowest - 1) / 2, (lowest + 1) / 2);
        var (before, now) = (basis, Combine(Times(basis), basis, 1 / half, -centre / half, null));
        for (var degree = 2; degree <= Degree; degree++)
        {
            (before, now) = (now, Combine(Times(now), now, 2 / half, -2 * centre / half, before));
        }

        return now;
    }

    private double[] Combine(double[] product, double[] now, double byProduct, double byNow, double[]? before)
    {
        _loop.Run(_graph.Count, Block * 4, (first, end) =>
        {
            for (var place = first * Columns; place < end * Columns; place++)
            {
                product[place] = (byProduct * product[place]) + (byNow * now[place]) - (before is null ? 0 : before[place]);
            }
        });
        return product;
    }

    private double[] Times(double[] basis)
    {
        var product = new double[basis.Length];
        _loop.Run(_graph.Count, Block, (first, end) =>
        {
            var from = MemoryMarshal.Cast<double, Vectors>(basis);
            var to = MemoryMarshal.Cast<double, Vectors>(product.AsSpan());
            var vectors = Columns / Vectors.Count;
            for (var row = first; row < end; row++)
            {
                for (var entry = _graph.Starts[row]; entry < _graph.Starts[row + 1]; entry++)
                {
                    var column = _graph.Columns[entry];
                    var weight = new Vectors(_graph.Values[entry] * _scales[row] * _scales[column]);
                    for (var part = 0; part < vectors; part++)
                    {
                        to[(row * vectors) + part] += weight * from[(column * vectors) + part];
                    }
                }
            }
        });
        return product;
    }

    // Gram and Schmidt, twice; the first eigenvector is taken out too. A column that depends on those before it is drawn anew.
    private void Orthonormalize(double[] basis)
    {
        for (var column = 0; column < Columns; column++)
        {
            var (before, after) = (Length(basis, column), WithoutOthers(basis, column));
            while (!(after > Dependent * before))
            {
                for (var row = 0; row < _graph.Count; row++)
                {
                    basis[(row * Columns) + column] = _random.Normal(_drawn++);
                }

                (before, after) = (Length(basis, column), WithoutOthers(basis, column));
            }

            for (var row = 0; row < _graph.Count; row++)
            {
                basis[(row * Columns) + column] /= after;
            }
        }
    }

    private double WithoutOthers(double[] basis, int column)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            Subtract(basis, column, row => _first[row]);
            for (var other = 0; other < column; other++)
            {
                var done = other;
                Subtract(basis, column, row => basis[(row * Columns) + done]);
            }
        }

        return Length(basis, column);
    }

    private double Length(double[] basis, int column) => Math.Sqrt(Sum(row => basis[(row * Columns) + column] * basis[(row * Columns) + column]));

    private void Subtract(double[] basis, int column, Func<int, double> other)
    {
        var along = Sum(row => basis[(row * Columns) + column] * other(row));
        for (var row = 0; row < _graph.Count; row++)
        {
            basis[(row * Columns) + column] -= along * other(row);
        }
    }

    private Matrix<double> Inner(double[] basis, double[] product)
    {
        var inner = Matrix<double>.Build.Dense(Columns, Columns);
        for (var one = 0; one < Columns; one++)
        {
            for (var other = one; other < Columns; other++)
            {
                var (a, b) = (one, other);
                inner[a, b] = inner[b, a] = Sum(row => basis[(row * Columns) + a] * product[(row * Columns) + b]);
            }
        }

        return inner;
    }

    private double[] Turn(double[] basis, Matrix<double> turn)
    {
        var turned = new double[basis.Length];
        for (var row = 0; row < _graph.Count; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                for (var other = 0; other < Columns; other++)
                {
                    turned[(row * Columns) + column] += basis[(row * Columns) + other] * turn[other, column];
                }
            }
        }

        return turned;
    }

    private double Residual(double[] basis, double[] product, double value, int column) => Math.Sqrt(Sum(row =>
    {
        var rest = product[(row * Columns) + column] - (value * basis[(row * Columns) + column]);
        return rest * rest;
    }));

    private double Sum(Func<int, double> term)
    {
        var sum = 0.0;
        for (var row = 0; row < _graph.Count; row++)
        {
            sum += term(row);
        }

        return sum;
    }
}
