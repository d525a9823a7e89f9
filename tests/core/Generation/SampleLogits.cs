using FsCheck;
using FsCheck.Fluent;
using Gptx.Generation;

namespace Gptx.Tests.Generation;

/// <summary>Logits to test with: some wide, some flat, some with ties, some forbidden.</summary>
internal static class SampleLogits
{
    public static Arbitrary<float[]> Any { get; } = (
        from length in Gen.Choose(1, 200)
        from scale in Gen.Elements(0.01f, 1f, 10f, 1000f)
        from logits in Gen.OneOf(Gen.Choose(-1000, 1000).Select(n => n / 500f * scale), Gen.Choose(-2, 2).Select(n => n * scale)).ArrayOf(length)
        from forbidden in Gen.Choose(0, length - 1)
        select Forbid(logits, forbidden)).ToArbitrary();

    public static SamplingSettings Plain { get; } =
        SamplingSettings.Resolve(new GenerationOptions { Temperature = 1, TopP = 1, Seed = 7 });

    /// <summary>Two of the smaller logits are taken out where others are left.</summary>
    private static float[] Forbid(float[] logits, int index)
    {
        float most = logits.Max();
        return [.. logits.Select((logit, id) => id % 50 == index % 50 && logit < most ? float.NegativeInfinity : logit)];
    }
}
