using System.Text.Json;
using Gptx.Embeddings;
using Gptx.Rows;

namespace Gptx.Analyses;

/// <summary>Vectors of JSON lines, as <c>gptx embed</c> writes them: <c>rowId</c>, <c>text</c>, <c>vector</c>, <c>model</c>. Lines are read one after another and understood on all processors.</summary>
internal sealed class JsonLineVectors : IVectorRows
{
    private const int BlockBytes = 8 << 20;
    private const int LongestRow = 64 << 20;

    private readonly RowSource _source;
    private readonly IReadOnlyList<string> _keep;

    public JsonLineVectors(RowSource source, IReadOnlyList<string> keep)
    {
        (_source, _keep) = (source, keep);
        Origin = JobRecord.Beside(source.Path!, FirstModel());
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public VectorOrigin Origin { get; }

    /// <inheritdoc/>
    public IEnumerable<VectorBlock> Blocks(CancellationToken cancellation)
    {
        using var open = new OpenSource(_source);
        var scanner = new RecordScanner(open.Stream, 0, LongestRow, new LineEnds());
        double? length = open.IsSeekable ? open.Stream.Length : null;
        var lines = new LineBlock();
        var (line, width) = (0L, 0);
        float[] values = [];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            line = Fill(lines, open, scanner, line);
            if (lines.Count == 0)
            {
                break;
            }

            width = width > 0 ? width : FirstWidth(lines);
            Array.Resize(ref values, Math.Max(values.Length, lines.Count * width));
            var labels = Parse(lines, values, width, cancellation);
            yield return new VectorBlock(labels, values.AsMemory(0, labels.Length * width), width) { Share = length is { } all ? scanner.Position / Math.Max(all, 1) : null };
        }

        open.RequireUnchanged();
    }

    private long Fill(LineBlock lines, OpenSource open, RecordScanner scanner, long line)
    {
        lines.Clear();
        while (lines.Bytes < BlockBytes && open.Read(scanner.Next) is { } record)
        {
            line++;
            if (record.IsTooLong)
            {
                throw VectorFile.Invalid(_source.Path!, $"line {line} has {record.Length} bytes: at most {LongestRow} are allowed");
            }

            var bytes = line == 1 ? ByteOrderMark.Without(record.Bytes, _source.Name) : record.Bytes;
            if (bytes.Span.IndexOfAnyExcept(" \t\r\v\f"u8) >= 0)
            {
                lines.Add(bytes.Span, record.Offset, line);
            }
        }

        return line;
    }

    private RowLabel[] Parse(LineBlock lines, float[] values, int width, CancellationToken cancellation)
    {
        var labels = new RowLabel[lines.Count];
        var faults = new GptxException?[lines.Count];
        Parallel.For(0, lines.Count, new ParallelOptions { CancellationToken = cancellation }, () => new List<float>(width), (row, _, vector) =>
        {
            try
            {
                labels[row] = Read(lines, row, vector).Label(_source.Name, lines.Offset(row), _keep);
                BlockBuilder.Check(Name, labels[row].RowId, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(vector), width);
                vector.CopyTo(values, row * width);
            }
            catch (GptxException fault)
            {
                faults[row] = fault;
            }

            return vector;
        }, _ => { });
        return Array.Find(faults, fault => fault is not null) is { } first ? throw first : labels;
    }

    private int FirstWidth(LineBlock lines)
    {
        var vector = new List<float>();
        _ = Read(lines, 0, vector);
        return vector.Count > 0 ? vector.Count : throw VectorFile.Invalid(_source.Path!, $"the vector of line {lines.Number(0)} has no numbers");
    }

    private VectorFields Read(LineBlock lines, int row, List<float> vector)
    {
        try
        {
            var fields = VectorJson.Read(lines.Line(row), _keep, vector) ?? throw VectorFile.Invalid(
                _source.Path!, $"line {lines.Number(row)} has no list of numbers 'vector': 'gptx embed --input {Name} --out FILE' makes vectors of texts");
            return fields.Model is not { } model || Origin?.Model is not { } known || model == known ? fields : throw new GptxException(
                GptxErrorKind.InvalidArgument, "ModelMismatch", $"{Name}: line {lines.Number(row)} is of model '{model}', those before of '{known}': vectors of two models cannot be compared");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw VectorFile.Invalid(_source.Path!, $"line {lines.Number(row)} is not a JSON object with a list of numbers 'vector': {Reason(error)}");
        }
    }

    private string? FirstModel()
    {
        using var open = new OpenSource(_source);
        var lines = new LineBlock();
        var scanner = new RecordScanner(open.Stream, 0, LongestRow, new LineEnds());
        while (lines.Count == 0 && open.Read(scanner.Next) is { } record)
        {
            var bytes = record.Offset == 0 ? ByteOrderMark.Without(record.Bytes, _source.Name) : record.Bytes;
            if (bytes.Span.IndexOfAnyExcept(" \t\r\v\f"u8) >= 0)
            {
                lines.Add(bytes.Span, record.Offset, 1);
            }
        }

        return lines.Count == 0 ? null : Read(lines, 0, []).Model;
    }

    // The reader tells where in the line, which nobody needs to be told.
    private static string Reason(Exception error) => error.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
}
