using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>
/// The kinds of distances of T5 (Raffel et al. 2020): near ones each their own, far ones in steps that grow with the logarithm, half of them for
/// keys behind the query and half for keys ahead.
/// </summary>
internal static class DistanceBuckets
{
    /// <summary>The row of each distance from query to key in a text of so many tokens, computed in float32 as torch does.</summary>
    public static DistanceRows Of(int context, int buckets, int mostDistance)
    {
        var half = buckets / 2;
        var near = half / 2;
        var most = context - 1;
        var farPerLog = MathF.Log((float)mostDistance / near);
        return new DistanceRows([.. Enumerable.Range(-most, context + most).Select(distance => (long)(Row(Math.Abs(distance)) + (distance > 0 ? half : 0)))], most);

        int Row(int distance) => distance < near
            ? distance
            : Math.Min(half - 1, near + (int)(MathF.Log((float)distance / near) / farPerLog * (half - near)));
    }
}
