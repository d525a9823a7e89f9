using System.Text.Json;
using CsvHelper;
using Gptx.Embeddings;
using Gptx.Jobs.Stores;
using Gptx.Rows;
using Parquet;

namespace Gptx.Analyses;

/// <summary>
/// Vectors of tables, and of files by their endings: JSON lines, CSV (both also packed), Parquet and float32 matrices <c>.npy</c> are read in blocks; other matrices, <c>.safetensors</c> and word vectors
/// whole.
/// </summary>
public static class VectorRows
{
    /// <summary>The most of a file that is held at a time, where nothing else is said: 1 GiB.</summary>
    public const long UsualMemory = 1L << 30;

    /// <summary>Opens a file of vectors, or a table (<see cref="StoreAddress"/>).</summary>
    /// <param name="path">The file, or the table's address.</param>
    /// <param name="keep">Fields of its rows that are carried over; those that are not there are left out.</param>
    /// <param name="maxMemory">A Parquet row group with more bytes is refused.</param>
    /// <exception cref="GptxException"><c>FileNotFound</c>, <c>VectorFileInvalid</c>, <c>JobDamaged</c>, <c>InputDamaged</c>; what <see cref="StoreTable.Open(string)"/> says of a table.</exception>
    public static IVectorRows Open(string path, IReadOnlyList<string>? keep = null, long maxMemory = UsualMemory)
    {
        if (StoreAddress.IsStore(path))
        {
            return new StoreVectors(path, keep ?? []);
        }

        if (!File.Exists(path))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FileNotFound", $"{path} does not exist");
        }

        var source = RowSource.OfFile(path);
        return source.Format switch
        {
            RowFormat.JsonLines => new JsonLineVectors(source, keep ?? []),
            RowFormat.Parquet => new ParquetVectors(source, keep ?? [], maxMemory),
            RowFormat.Csv when CsvVectors.HasVectors(Headers(source)) => new CsvVectors(source, keep ?? []),
            _ when path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) && NpyVectors.CanRead(path) => new NpyVectors(path, keep ?? []),
            _ => Whole(path),
        };
    }

    /// <summary>Where the rows of stored vectors stand; a table has no place in a file.</summary>
    public static RowSource SourceOf(string path) => StoreAddress.IsStore(path) ? new RowSource(path, null, RowFormat.Text, RowCompression.None) : RowSource.OfFile(path);

    /// <summary>Whether a file holds vectors rather than texts, as its ending and its first row say.</summary>
    public static bool AreIn(string path)
    {
        if (StoreAddress.IsStore(path))
        {
            return true;
        }

        var source = RowSource.OfFile(path);
        return File.Exists(path) && source.Format switch
        {
            RowFormat.JsonLines => FirstLineHasVector(source),
            RowFormat.Csv => CsvVectors.HasVectors(Headers(source)),
            RowFormat.Parquet => ParquetHasVector(source),
            _ => Path.GetExtension(path).ToLowerInvariant() is ".npy" or ".safetensors" or ".bin" or ".vec" or ".glove",
        };
    }

    private static MemoryRows Whole(string path)
    {
        var vectors = Read(path);
        return new MemoryRows(
            Path.GetFileName(path),
            VectorOrigin.Unknown with { Model = vectors.FirstOrDefault()?.Model },
            vectors.Select((vector, row) => (new RowLabel((long)row, vector.Text), vector.Vector)));
    }

    private static IReadOnlyList<LabelledVector> Read(string path)
    {
        try
        {
            return VectorFile.Read(path);
        }
        catch (GptxException error) when (error.ErrorId == "VectorFileInvalid" && (Path.GetExtension(path).ToLowerInvariant() is ".txt" or ".csv" or ".tsv"))
        {
            throw new GptxException(error.Kind, error.ErrorId, $"{error.Message}; it may hold texts: 'gptx embed --input {Path.GetFileName(path)} --out FILE' makes vectors of them", error);
        }
    }

    private static string[] Headers(RowSource source)
    {
        try
        {
            using var open = new OpenSource(source);
            using var csv = CsvReader.Create(open.Stream, CsvReaderOptions.Default with { HasHeader = true }, true);
            return [.. open.Read(() => csv.Headers)];
        }
        catch (CsvFormatException error)
        {
            throw VectorFile.Invalid(source.Path!, $"it is no CSV: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static bool FirstLineHasVector(RowSource source)
    {
        using var open = new OpenSource(source);
        var scanner = new RecordScanner(open.Stream, 0, new RowLimits().RowBytes, new LineEnds());
        try
        {
            return open.Read(scanner.Next) is { IsTooLong: false } first && VectorJson.Read(ByteOrderMark.Without(first.Bytes, source.Name).Span, [], []) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool ParquetHasVector(RowSource source)
    {
        using var open = new OpenSource(source);
        try
        {
            return ParquetVectors.VectorField(ParquetReader.CreateAsync(open.Stream, leaveStreamOpen: true).GetAwaiter().GetResult().Schema) is not null;
        }
        catch (Exception error) when (error is not (GptxException or OutOfMemoryException))
        {
            // Whoever reads it says what is wrong with it.
            return false;
        }
    }
}
