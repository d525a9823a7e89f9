using System.Numerics;

namespace Gptx.Projection;

/// <summary>Points of a layout, drawn at random, that push a point away.</summary>
internal readonly struct NegativeDraws(float[] layout, int dimensions, LayoutPull pull)
{
    private const int Most = 64;
    private const float FarAway = 1e18f;

    /// <summary>Moves a position away from as many points as samples; places beyond the last are so far away that they push with nothing.</summary>
    public void Repel(Span<float> position, CountedRandom random, int drawn, int samples, float rate)
    {
        Span<float> others = stackalloc float[3 * Most];
        var points = layout.Length / dimensions;
        for (var first = 0; first < samples; first += Most)
        {
            var count = Math.Min(Most, samples - first);
            var places = (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
            others[..(dimensions * places)].Fill(FarAway);
            for (var place = 0; place < count; place++)
            {
                var other = random.Below((ulong)(drawn + first + place), points) * dimensions;
                for (var axis = 0; axis < dimensions; axis++)
                {
                    others[(axis * places) + place] = layout[other + axis];
                }
            }

            pull.Repel(position, others, places, rate);
        }
    }
}
