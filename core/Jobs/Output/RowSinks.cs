namespace Gptx.Jobs.Output;

/// <summary>The kinds of files that a job writes, by their endings.</summary>
internal static class RowSinks
{
    private static readonly Dictionary<string, Kind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jsonl"] = new((stream, _, _) => new JsonLinesSink(stream)),
        [".csv"] = new((stream, _, columns) => new CsvSink(stream, [.. columns.Select(column => column.Name)])),
        [".parquet"] = new((stream, _, columns) => new ParquetSink(stream, columns)) { HoldsProvenance = true },
        [".npy"] = new((stream, ids, columns) => new NpySink(stream, ids!, columns)) { Only = "embed", Beside = ".ids.jsonl" },
    };

    private delegate IRowSink Maker(Stream stream, Stream? beside, IReadOnlyList<RowColumn> columns);

    /// <summary>The endings of the files that a task's rows can be written to.</summary>
    public static IReadOnlyList<string> EndingsFor(string task) => [.. Kinds.Where(kind => kind.Value.Only is not { } only || only == task).Select(kind => kind.Key)];

    /// <summary>Opens a sink.</summary>
    /// <param name="path">The file, for its ending.</param>
    /// <param name="stream">What is written to.</param>
    /// <param name="beside">The file beside it, of kinds that have one.</param>
    /// <param name="columns">All columns, in order.</param>
    public static IRowSink Open(string path, Stream stream, Stream? beside, IReadOnlyList<RowColumn> columns) => Of(path).Open(stream, beside, columns);

    /// <summary>What is added to the output's path for the file that is made beside it; null where there is none.</summary>
    public static string? Beside(string path) => Of(path).Beside;

    /// <summary>Whether the file itself says what the job was.</summary>
    public static bool HoldsProvenance(string path) => Of(path).HoldsProvenance;

    /// <summary>Refuses a file whose ending is none of those that a task's rows can be written to.</summary>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>.</exception>
    public static void RequireKnown(string path, string task)
    {
        if (Of(path).Only is { } only && only != task)
        {
            throw Unknown(path, $"{Path.GetExtension(path)} holds vectors, which {only} alone makes; {task} writes {string.Join(", ", EndingsFor(task))}");
        }
    }

    private static Kind Of(string path) =>
        Kinds.TryGetValue(Path.GetExtension(path), out var kind) ? kind : throw Unknown(path, $"a job writes files that end in {string.Join(", ", Kinds.Keys)}");

    private static GptxException Unknown(string path, string what) => new(GptxErrorKind.InvalidArgument, "OutputKindUnknown", $"{path}: {what}");

    /// <summary>A kind of file.</summary>
    private sealed record Kind(Maker Open)
    {
        /// <summary>The only task whose rows it can hold; null for all.</summary>
        public string? Only { get; init; }

        public string? Beside { get; init; }

        public bool HoldsProvenance { get; init; }
    }
}
