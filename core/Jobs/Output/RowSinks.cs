namespace Gptx.Jobs.Output;

/// <summary>The kinds of files that a job writes, by their endings.</summary>
internal static class RowSinks
{
    private static readonly Dictionary<string, Func<Stream, IReadOnlyList<RowColumn>, IRowSink>> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jsonl"] = (stream, _) => new JsonLinesSink(stream),
        [".csv"] = (stream, columns) => new CsvSink(stream, [.. columns.Select(column => column.Name)]),
    };

    /// <summary>Opens a sink.</summary>
    /// <param name="path">The file, for its ending.</param>
    /// <param name="stream">What is written to.</param>
    /// <param name="columns">All columns, in order.</param>
    public static IRowSink Open(string path, Stream stream, IReadOnlyList<RowColumn> columns) => Of(path)(stream, columns);

    /// <summary>Refuses a file whose ending is none of those.</summary>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>.</exception>
    public static void RequireKnown(string path) => Of(path);

    private static Func<Stream, IReadOnlyList<RowColumn>, IRowSink> Of(string path) => Kinds.TryGetValue(Path.GetExtension(path), out var kind) ? kind : throw new GptxException(
        GptxErrorKind.InvalidArgument, "OutputKindUnknown", $"{path}: a job writes files that end in {string.Join(", ", Kinds.Keys)}");
}
