namespace Gptx.Jobs;

/// <summary>How a job went.</summary>
/// <param name="Rows">Rows of the input, those with faults among them.</param>
/// <param name="Failed">Rows with faults.</param>
/// <param name="Tokens">Tokens that were computed, those of earlier runs among them.</param>
/// <param name="RowsBefore">Rows that earlier runs had done already.</param>
/// <param name="IsFinished">Whether the output is there; of a shard, whether its part is.</param>
public sealed record JobSummary(long Rows, long Failed, long Tokens, long RowsBefore, bool IsFinished)
{
    /// <summary>Tokens that earlier runs had computed already.</summary>
    public long TokensBefore { get; init; }

    /// <summary>
    /// The kinds of machines that computed it, where that is known. Of one kind and one version the bytes are those of any run; of several, ids are equal and numbers
    /// differ by their rounding.
    /// </summary>
    public IReadOnlyList<string> Machines { get; init; } = [];

    /// <summary>With an update: the ids of rows that the output had and the input has not any more.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Seconds of this run by stage: reading (with tokenizing), computing, recording, finishing. Stages overlap.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
