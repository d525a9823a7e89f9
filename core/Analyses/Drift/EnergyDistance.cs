namespace Gptx.Analyses;

/// <summary>
/// The energy distance of two samples, 2 E|X - Y| - E|X - X'| - E|Y - Y'| with means over all pairs, a row with itself too (Szekely and Rizzo 2013, Energy statistics: a class of statistics based on
/// distances): 0 where the samples are the same, and larger the more they differ.
/// </summary>
/// <param name="Between">E|X - Y|: the mean Euclidean distance between a row of the one and a row of the other.</param>
/// <param name="WithinFirst">E|X - X'|.</param>
/// <param name="WithinSecond">E|Y - Y'|.</param>
internal readonly record struct EnergyDistance(double Between, double WithinFirst, double WithinSecond)
{
    /// <summary>The distance, in the unit of the vectors.</summary>
    public double Value => Math.Max(0, (2 * Between) - WithinFirst - WithinSecond);

    /// <summary>The coefficient of inhomogeneity, the distance over 2 E|X - Y|: 0 to 1, 0 for samples of one distribution as they grow, 1 for two single points.</summary>
    public double Coefficient => Between > 0 ? Math.Min(1, Value / (2 * Between)) : 0;
}
