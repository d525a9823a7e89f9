namespace Gptx.Projection;

/// <summary>
/// Random numbers by number: draw k of a seed is SplitMix64 of seed and k (Steele, Lea and Flood 2014). There is no state, so it does not matter who draws first.
/// </summary>
internal readonly struct CountedRandom(ulong seed)
{
    private readonly ulong _seed = Mix(seed);

    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong Bits(ulong draw) => Mix(_seed ^ (draw * 0xD1342543DE82EF95));

    /// <summary>From 0 to below 1.</summary>
    public double Uniform(ulong draw) => (Bits(draw) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of the standard normal distribution (Box and Muller); draws 2k and 2k + 1 are used.</summary>
    public double Normal(ulong draw) =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * draw))) * Math.Cos(2 * Math.PI * Uniform((2 * draw) + 1));

    /// <summary>A number from 0 to below <paramref name="count"/>.</summary>
    public int Below(ulong draw, int count) => (int)(((Bits(draw) >> 32) * (ulong)count) >> 32);
}
