using System.Numerics.Tensors;
using System.Text.Json;
using Gptx.Embeddings;
using Gptx.Rows;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Gptx.Analyses;

/// <summary>Vectors of Apache Parquet: a column <c>vector</c> that is a list of float32 or float64, and with it <c>rowId</c>, <c>text</c>, <c>model</c>; a row group at a time.</summary>
internal sealed class ParquetVectors : IVectorRows
{
    private static readonly string[] Own = ["rowId", "text", "model"];

    private readonly RowSource _source;
    private readonly IReadOnlyList<string> _keep;
    private readonly long _maxMemory;

    public ParquetVectors(RowSource source, IReadOnlyList<string> keep, long maxMemory)
    {
        (_source, _keep, _maxMemory) = (source, keep, maxMemory);
        using var open = new OpenSource(source);
        var parquet = Open(open, CancellationToken.None);
        Origin = JobRecord.Within(parquet.CustomMetadata ?? [], FirstModel(parquet));
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public VectorOrigin Origin { get; }

    /// <inheritdoc/>
    public IEnumerable<VectorBlock> Blocks(CancellationToken cancellation)
    {
        using var open = new OpenSource(_source);
        var parquet = Open(open, cancellation);
        var vector = VectorField(parquet.Schema) ?? throw VectorFile.Invalid(_source.Path!, "it has no column 'vector' of lists of numbers");
        var (block, first, groups) = (new BlockBuilder(Name), 0L, parquet.RowGroupCount);
        for (var group = 0; group < groups; group++)
        {
            using var rows = parquet.OpenRowGroupReader(group);
            RequireRoom(rows, group);
            var (labels, models) = Read(() => Labels(rows, parquet.Schema, first));
            var vectors = Read(() => Vectors(rows, vector, labels));
            for (var row = 0; row < labels.Length; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                RequireModel(labels[row], models[row]);
                block.Add(labels[row], vectors[row].Span);
                if (block.IsFull)
                {
                    yield return block.Take((group + ((row + 1.0) / labels.Length)) / groups);
                }
            }

            first += labels.Length;
        }

        if (block.Count > 0)
        {
            yield return block.Take(1);
        }

        open.RequireUnchanged();
    }

    /// <summary>The column of vectors; null where there is none.</summary>
    public static DataField? VectorField(ParquetSchema schema) =>
        schema.DataFields.FirstOrDefault(field => field.Path.FirstPart == "vector" && field.MaxRepetitionLevel == 1 && (field.ClrType == typeof(float) || field.ClrType == typeof(double)));

    private void RequireRoom(ParquetRowGroupReader rows, int group)
    {
        if (rows.RowGroup.TotalByteSize > _maxMemory)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "RowGroupTooLarge",
                $"{Name}: row group {group} has {rows.RowGroup.TotalByteSize} bytes: at most {_maxMemory} are allowed (--max-memory); write the file with smaller row groups");
        }
    }

    private (RowLabel[] Labels, string?[] Models) Labels(ParquetRowGroupReader rows, ParquetSchema schema, long first)
    {
        var count = checked((int)rows.RowCount);
        Func<int, JsonElement>? Column(string name) => schema.DataFields.FirstOrDefault(field => field.Path.Length == 1 && field.Name == name && !field.IsArray) is { } field ? ParquetValues.Of(rows, field, count) : null;
        var own = Own.Select(Column).ToList();
        var kept = _keep.Select(name => (Name: name, Values: Column(name))).Where(column => column.Values is not null).ToList();
        static string? Text(Func<int, JsonElement>? column, int row) => column?.Invoke(row) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        return (
            [.. Enumerable.Range(0, count).Select(row => new RowLabel(RowLabel.IdOf(own[0]?.Invoke(row), Name, first + row), Text(own[1], row))
            {
                Kept = [.. kept.Select(column => KeyValuePair.Create(column.Name, column.Values!(row)))],
            })],
            [.. Enumerable.Range(0, count).Select(row => Text(own[2], row))]);
    }

    // A list begins where the repetition level is 0; places that are not defined to the deepest have no value.
    private ReadOnlyMemory<float>[] Vectors(ParquetRowGroupReader rows, DataField field, RowLabel[] labels)
    {
        using var raw = rows.ReadRawColumnDataBaseAsync(field, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var values = raw is RawColumnData<double> wide ? Narrowed(wide.Values) : ((RawColumnData<float>)raw).Values.ToArray();
        var repetitions = raw.RepetitionLevels;
        var definitions = raw.DefinitionLevels;
        var vectors = new ReadOnlyMemory<float>[labels.Length];
        var (row, start, place) = (-1, 0, 0);
        for (var level = 0; level <= repetitions.Length; level++)
        {
            if (level == repetitions.Length || repetitions[level] == 0)
            {
                if (row >= 0)
                {
                    vectors[row] = values.AsMemory(start, place - start);
                }

                (row, start) = (row + 1, place);
            }

            if (level < repetitions.Length && (definitions.IsEmpty || definitions[level] == field.MaxDefinitionLevel))
            {
                place++;
            }
        }

        return row == labels.Length ? vectors : throw VectorFile.Invalid(_source.Path!, $"a row group has {row} vectors and {labels.Length} rows");
    }

    private static float[] Narrowed(ReadOnlySpan<double> wide)
    {
        var values = new float[wide.Length];
        TensorPrimitives.ConvertSaturating(wide, values);
        return values;
    }

    private string? FirstModel(ParquetReader parquet)
    {
        if (parquet.RowGroupCount == 0 || parquet.Schema.DataFields.FirstOrDefault(field => field.Path.Length == 1 && field.Name == "model" && !field.IsArray) is not { } model)
        {
            return null;
        }

        using var rows = parquet.OpenRowGroupReader(0);
        RequireRoom(rows, 0);
        return rows.RowCount == 0 ? null : Read(() => ParquetValues.Of(rows, model, checked((int)rows.RowCount)))(0) is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;
    }

    private void RequireModel(RowLabel label, string? model)
    {
        if (model is not null && Origin.Model is { } known && model != known)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "ModelMismatch", $"{Name}: row {label.RowId} is of model '{model}', those before of '{known}': vectors of two models cannot be compared");
        }
    }

    private ParquetReader Open(OpenSource open, CancellationToken cancellation) =>
        Read(() => ParquetReader.CreateAsync(open.Stream, leaveStreamOpen: true, cancellationToken: cancellation).GetAwaiter().GetResult());

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (GptxException or OperationCanceledException or OutOfMemoryException))
        {
            // The library says in many ways that a file is damaged.
            throw new GptxException(GptxErrorKind.InvalidInput, "InputDamaged", $"{Name} cannot be read as Parquet: {error.Message}", error);
        }
    }
}
