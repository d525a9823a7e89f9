namespace Gptx.Jobs;

/// <summary>How far a job is.</summary>
/// <param name="Rows">Rows that are done, those with faults and those of earlier runs among them.</param>
/// <param name="Failed">Rows with faults.</param>
/// <param name="Tokens">Tokens that were computed.</param>
/// <param name="Share">How much of the sources is read, from 0 to 1; null where that is not known.</param>
public sealed record JobProgress(long Rows, long Failed, long Tokens, double? Share)
{
    /// <summary>Seconds of this run by stage; stages overlap.</summary>
    public IReadOnlyDictionary<string, double> SecondsByStage { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
