namespace Gptx.Jobs;

/// <summary>How much is computed together: what was asked for, or what the task takes well under a second for. It depends on neither time nor machine, and is written down with the job.</summary>
/// <param name="Rows">The most rows.</param>
/// <param name="Tokens">The most tokens, padding counted; one row alone may have more.</param>
internal sealed record BatchSize(int Rows, int Tokens)
{
    private const int UsualRows = 8;
    private const int TokensOfRow = 512;

    /// <summary>The size for a job.</summary>
    public static BatchSize Of(IRowTask task, TextJobOptions options) => options.BatchRows is { } rows
        ? new BatchSize(rows, options.BatchTokens ?? (int)Math.Min((long)rows * TokensOfRow, int.MaxValue))
        : new BatchSize(UsualRows, options.BatchTokens ?? task.BatchTokens);

    /// <summary>How many batches are computed at once: one a processor, or as many as were asked for; one on a GPU, which takes a batch with all that it has.</summary>
    public static int Workers(IRowTask task, TextJobOptions options) => task.Device != "cpu" ? 1 : options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
}
