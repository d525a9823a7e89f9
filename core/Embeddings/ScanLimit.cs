namespace Gptx.Embeddings;

/// <summary>
/// From which float32 product on a row may be among a query's best: below it no rounding could bring it there, so its exact score need not be computed. A polynomial in
/// the row's norm, made anew whenever the worst of the best changes.
/// </summary>
internal readonly struct ScanLimit
{
    // Products of numbers that are all but zero may vanish in float32.
    private const double Vanishing = 1e-36;

    // What float64 rounds in the terms of a squared distance, with room to spare.
    private const double Float64Room = 1e-12;

    private readonly double _constant;
    private readonly double _byNorm;
    private readonly double _bySquare;

    /// <summary>The limit of a query.</summary>
    /// <param name="metric">What near means.</param>
    /// <param name="worst">The score that must be reached; null while any will do.</param>
    /// <param name="norm">The query's norm.</param>
    /// <param name="error">What products may be off by, over both norms.</param>
    public ScanLimit(VectorMetric metric, double? worst, double norm, double error)
    {
        if (worst is not { } score)
        {
            _constant = double.NegativeInfinity;
            return;
        }

        (_constant, _byNorm, _bySquare) = metric switch
        {
            VectorMetric.Dot => (score - Vanishing, -error * norm, 0),
            VectorMetric.Euclidean => (
                ((norm * norm * (1 - Float64Room)) - (score * score * (1 + Float64Room)) - Vanishing) / 2, -error * norm, (1 - Float64Room) / 2),
            _ => (-Vanishing, (score - error) * norm, 0.0),
        };
    }

    /// <summary>Whether a row of this norm and product may be among the best. A product that is no number, or overflowed, may be anything.</summary>
    public bool Passes(float product, double norm) => !float.IsFinite(product) || !(product < _constant + (norm * (_byNorm + (norm * _bySquare))));
}
