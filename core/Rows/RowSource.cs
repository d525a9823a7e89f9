namespace Gptx.Rows;

/// <summary>Where rows come from: a file, or a stream such as standard input.</summary>
/// <param name="Name">What it is called in ids of rows and in messages: the file's name without its folder; <c>stdin</c>.</param>
/// <param name="Path">The file; null for a stream.</param>
/// <param name="Format">How its rows are written.</param>
/// <param name="Compression">How it is compressed.</param>
public sealed record RowSource(string Name, string? Path, RowFormat Format, RowCompression Compression)
{
    /// <summary>What standard input is called.</summary>
    public const string StandardInput = "stdin";

    /// <summary>The stream where there is no file.</summary>
    public Func<Stream>? Stream { get; init; }

    /// <summary>A file, whose format and compression its name tells unless they are given.</summary>
    public static RowSource OfFile(string path, RowFormat? format = null)
    {
        var name = System.IO.Path.GetFileName(path);
        var compression = Compressed(name);
        var bare = compression == RowCompression.None ? name : System.IO.Path.GetFileNameWithoutExtension(name);
        return new RowSource(name, path, format ?? FormatOf(bare), compression);
    }

    /// <summary>A stream that is read once, from its beginning.</summary>
    public static RowSource OfStream(Func<Stream> stream, RowFormat format = RowFormat.Text) => new(StandardInput, null, format, RowCompression.None) { Stream = stream };

    private static RowCompression Compressed(string name) => System.IO.Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".gz" or ".gzip" => RowCompression.Gzip,
        ".zst" or ".zstd" => RowCompression.Zstandard,
        _ => RowCompression.None,
    };

    private static RowFormat FormatOf(string name) => System.IO.Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" => RowFormat.JsonLines,
        ".csv" => RowFormat.Csv,
        ".tsv" => RowFormat.Tsv,
        ".parquet" => RowFormat.Parquet,
        _ => RowFormat.Text,
    };
}
