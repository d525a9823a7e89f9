namespace Gptx.Generation;

/// <summary>
/// The random numbers of one continuation: SplitMix64 by counter, so that number n depends on nothing but the seed, the prompt's index, the continuation's
/// index and n. With unsigned 64-bit arithmetic modulo 2^64 and <c>g = 0x9E3779B97F4A7C15</c>:
/// <code>
/// mix(z):  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;  z ^ (z >> 31)
/// key = mix(mix(mix(seed + g) + prompt + g) + continuation + g)
/// uniform(n) = (mix(key + (n + 1) * g) >> 11) * 2^-53        in [0, 1)
/// </code>
/// Each continuation of each prompt has a key of its own, so a text does not depend on what else is generated, in what order or batch.
/// </summary>
public readonly struct RandomStream
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private readonly ulong _key;

    /// <summary>The stream of one continuation; both indices count from 0.</summary>
    public RandomStream(ulong seed, int promptIndex = 0, int continuationIndex = 0)
    {
        ulong key = Mix(seed + Gamma);
        key = Mix(key + (ulong)promptIndex + Gamma);
        _key = Mix(key + (ulong)continuationIndex + Gamma);
    }

    /// <summary>Number <paramref name="index"/> (from 0) of the stream, in [0, 1).</summary>
    public double Uniform(int index) => (Mix(_key + (((ulong)index + 1) * Gamma)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
