namespace Gptx.Jobs.Output;

/// <summary>The kinds of files that a job writes, by their endings.</summary>
internal static class RowSinks
{
    private static readonly Dictionary<string, Maker> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jsonl"] = (stream, _, _) => new JsonLinesSink(stream),
        [".csv"] = (stream, columns, _) => new CsvSink(stream, [.. columns.Select(column => column.Name)]),
        [".parquet"] = (stream, columns, plan) => new ParquetSink(stream, columns, plan.Entries.ToDictionary(entry => $"gptx.{entry.Key}", entry => entry.Value, StringComparer.Ordinal)),
    };

    private delegate IRowSink Maker(Stream stream, IReadOnlyList<RowColumn> columns, JobPlan plan);

    /// <summary>Opens a sink.</summary>
    /// <param name="path">The file, for its ending.</param>
    /// <param name="stream">What is written to.</param>
    /// <param name="columns">All columns, in order.</param>
    /// <param name="plan">What the job is, for files that can say so themselves.</param>
    public static IRowSink Open(string path, Stream stream, IReadOnlyList<RowColumn> columns, JobPlan plan) => Of(path)(stream, columns, plan);

    /// <summary>Refuses a file whose ending is none of those.</summary>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>.</exception>
    public static void RequireKnown(string path) => Of(path);

    private static Maker Of(string path) => Kinds.TryGetValue(Path.GetExtension(path), out var kind) ? kind : throw new GptxException(
        GptxErrorKind.InvalidArgument, "OutputKindUnknown", $"{path}: a job writes files that end in {string.Join(", ", Kinds.Keys)}");
}
