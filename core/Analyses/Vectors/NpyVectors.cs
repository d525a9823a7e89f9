using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Embeddings;

namespace Gptx.Analyses;

/// <summary>
/// Vectors of a NumPy matrix of float32, a vector a row, read in blocks; ids and texts come from <c>FILE.ids.jsonl</c> beside it, and without that rows are called by their
/// numbers.
/// </summary>
internal sealed class NpyVectors : IVectorRows
{
    private const int BlockBytes = 4 << 20;
    private const int MostRows = 8192;

    private readonly string _path;
    private readonly IReadOnlyList<string> _keep;

    public NpyVectors(string path, IReadOnlyList<string> keep)
    {
        (_path, _keep) = (path, keep);
        Name = Path.GetFileName(path);
        using var labels = Labels().GetEnumerator();
        Origin = JobRecord.Beside(path, labels.MoveNext() ? labels.Current.Model : null);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public VectorOrigin Origin { get; }

    private string IdPath => $"{_path}.ids.jsonl";

    /// <summary>Whether a file is a matrix that can be read in blocks.</summary>
    public static bool CanRead(string path)
    {
        try
        {
            using var file = MappedFile.Open(path, 10, "an .npy file");
            var header = NpyHeader.Read(file);
            header.CheckSize(file);
            return header is { Type: ElementType.Float32, IsFortran: false, Shape: [_, > 0 and < int.MaxValue / 4] };
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.ModelNotLoadable)
        {
            // Whoever reads it whole says what is wrong with it.
            return false;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<VectorBlock> Blocks(CancellationToken cancellation)
    {
        using var file = MappedFile.Open(_path, 10, "an .npy file");
        var header = NpyHeader.Read(file);
        header.CheckSize(file);
        var (rows, width) = (header.Shape[0], (int)header.Shape[1]);
        var values = new float[Math.Clamp(BlockBytes / sizeof(float) / width, 1, MostRows) * width];
        using var named = Labels().GetEnumerator();
        for (var first = 0L; first < rows;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(values.Length / width, rows - first);
            file.Read(header.DataStart + (first * width * sizeof(float)), MemoryMarshal.AsBytes(values.AsSpan(0, count * width)));
            var labels = new RowLabel[count];
            for (var row = 0; row < count; row++)
            {
                labels[row] = Label(named, first + row, rows);
                BlockBuilder.Check(Name, labels[row].RowId, values.AsSpan(row * width, width), width);
            }

            first += count;
            yield return new VectorBlock(labels, values.AsMemory(0, count * width), width) { Share = (double)first / rows };
        }

        if (File.Exists(IdPath) && named.MoveNext())
        {
            throw VectorFile.Invalid(IdPath, $"it has more lines than {Name} has rows, {rows}");
        }
    }

    private RowLabel Label(IEnumerator<VectorFields> named, long row, long rows)
    {
        if (!File.Exists(IdPath))
        {
            return new RowLabel(row, null);
        }

        if (!named.MoveNext())
        {
            throw VectorFile.Invalid(IdPath, $"it has {row} lines: {Name} has {rows} rows");
        }

        var label = named.Current.Label(Name, row, _keep);
        return named.Current.Id is null ? label with { RowId = row } : label;
    }

    private IEnumerable<VectorFields> Labels()
    {
        if (!File.Exists(IdPath))
        {
            yield break;
        }

        foreach (var (number, line) in File.ReadLines(IdPath, Encoding.UTF8).Index())
        {
            yield return Fields(line, number + 1);
        }
    }

    private VectorFields Fields(string line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            JsonElement? Field(string name) => root.TryGetProperty(name, out var value) ? value.Clone() : null;
            string? Text(string name) => Field(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
            var fields = new VectorFields { Id = Field("rowId"), Text = Text("text"), Model = Text("model") };
            foreach (var name in _keep.Where(name => root.TryGetProperty(name, out _)))
            {
                fields.Kept[name] = root.GetProperty(name).Clone();
            }

            return fields;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw VectorFile.Invalid(IdPath, $"line {number} is not a JSON object");
        }
    }
}
