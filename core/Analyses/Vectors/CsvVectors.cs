using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CsvHelper;
using Gptx.Embeddings;
using Gptx.Rows;

namespace Gptx.Analyses;

/// <summary>Vectors of comma-separated values, as <c>gptx embed</c> writes them: a column <c>vector</c> of JSON lists, or columns <c>v0</c>, <c>v1</c>, ...</summary>
internal sealed class CsvVectors : IVectorRows
{
    private const int LongestRow = 64 << 20;

    private readonly RowSource _source;
    private readonly IReadOnlyList<string> _keep;

    public CsvVectors(RowSource source, IReadOnlyList<string> keep)
    {
        (_source, _keep) = (source, keep);
        Origin = JobRecord.Beside(source.Path!, Rows(CancellationToken.None).Select(row => row.Model).FirstOrDefault());
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public VectorOrigin Origin { get; }

    /// <summary>Whether a header is of such a file.</summary>
    public static bool HasVectors(IReadOnlyList<string> headers) => headers.Contains("vector") || headers.Contains("v0");

    /// <inheritdoc/>
    public IEnumerable<VectorBlock> Blocks(CancellationToken cancellation)
    {
        var block = new BlockBuilder(Name);
        var (name, length) = (Origin.Model, _source.Compression == RowCompression.None ? (double)new FileInfo(_source.Path!).Length : (double?)null);
        foreach (var (label, vector, model, offset) in Rows(cancellation))
        {
            if (model != name)
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "ModelMismatch", $"{Name}: row {label.RowId} is of model '{model}', those before of '{name}': vectors of two models cannot be compared");
            }

            block.Add(label, CollectionsMarshal.AsSpan(vector));
            if (block.IsFull)
            {
                yield return block.Take(length is { } all ? offset / Math.Max(all, 1) : null);
            }
        }

        if (block.Count > 0)
        {
            yield return block.Take(1);
        }
    }

    private IEnumerable<(RowLabel Label, List<float> Vector, string? Model, long Offset)> Rows(CancellationToken cancellation)
    {
        using var open = new OpenSource(_source);
        using var csv = CsvReader.Create(open.Stream, CsvReaderOptions.Default with { HasHeader = true, MaxRecordSize = LongestRow, TrackLineNumbers = true }, true);
        string[] headers = [.. Read(open, () => csv.Headers)];
        int Column(string name) => Array.IndexOf(headers, name);
        var (id, text, model, list) = (Column("rowId"), Column("text"), Column("model"), Column("vector"));
        int[] numbers = list >= 0 ? [] : [.. Enumerable.Range(0, headers.Length).TakeWhile(place => Column($"v{place}") >= 0).Select(place => Column($"v{place}"))];
        var kept = _keep.Select(name => (Name: name, Column: Column(name))).Where(one => one.Column >= 0).ToList();
        var vector = new List<float>();
        while (Read(open, csv.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            if (csv.FieldCount != headers.Length)
            {
                throw Invalid(csv, $"it has {csv.FieldCount} fields, the header {headers.Length}");
            }

            Fill(csv, list, numbers, vector);
            string? Cell(int column) => column >= 0 ? csv.GetString(column) : null;
            yield return (new RowLabel(Cell(id) ?? $"{Name}:{csv.ByteOffset}", Cell(text)) { Kept = [.. kept.Select(one => KeyValuePair.Create(one.Name, Element(csv.GetString(one.Column))))] }, vector, Cell(model), csv.ByteOffset);
        }

        open.RequireUnchanged();
    }

    private void Fill(CsvReader csv, int list, int[] numbers, List<float> vector)
    {
        if (list >= 0)
        {
            var isList = false;
            try
            {
                isList = VectorJson.Numbers(csv.GetSpan(list), vector);
            }
            catch (JsonException)
            {
                // Said below.
            }

            if (!isList)
            {
                throw Invalid(csv, "its vector is no JSON list of numbers");
            }

            return;
        }

        vector.Clear();
        foreach (var column in numbers)
        {
            vector.Add(float.TryParse(csv.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(csv, $"'{csv.GetString(column)}' is no number"));
        }
    }

    private T Read<T>(OpenSource open, Func<T> read)
    {
        try
        {
            return open.Read(read);
        }
        catch (CsvFormatException error)
        {
            throw VectorFile.Invalid(_source.Path!, $"it is no CSV: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private GptxException Invalid(CsvReader csv, string what) => VectorFile.Invalid(_source.Path!, $"line {csv.LineNumber}: {what}");

    private static JsonElement Element(string cell) => JsonSerializer.SerializeToElement(cell, RowJsonContext.Default.String);
}
