using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Jobs.Output;

/// <summary>
/// The values of one leaf of a Parquet schema, as they are gathered for a row group: values without nulls, and for each place how deep it is defined and which list it goes
/// on with (Dremel's definition and repetition levels).
/// </summary>
internal abstract class ParquetLeaf
{
    private readonly List<int> _definitions = [];
    private readonly List<int> _repetitions = [];

    /// <summary>Definition levels, one a place.</summary>
    protected int[] Definitions => [.. _definitions];

    /// <summary>Repetition levels, one a place.</summary>
    protected int[] Repetitions => [.. _repetitions];

    /// <summary>Takes a place that has no value.</summary>
    /// <param name="definition">How deep it is defined.</param>
    /// <param name="repetition">The depth of the list that it goes on with; 0 where it begins a row.</param>
    public void AddMissing(int definition, int repetition)
    {
        _definitions.Add(definition);
        _repetitions.Add(repetition);
    }

    /// <summary>Takes a value, or that there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isMissing">Whether it is null or not there.</param>
    /// <param name="around">How deep what is around it is defined; a value that is there is defined one deeper.</param>
    /// <param name="repetition">The depth of the list that it goes on with; 0 where it begins a row.</param>
    public void Add(JsonElement value, bool isMissing, int around, int repetition)
    {
        AddMissing(isMissing ? around : around + 1, repetition);
        if (!isMissing)
        {
            Take(value);
        }
    }

    /// <summary>Writes what was gathered as a column, and begins anew.</summary>
    public void Write(ParquetRowGroupWriter group, DataField field)
    {
        Flush(group, field);
        _definitions.Clear();
        _repetitions.Clear();
    }

    /// <summary>The leaf for a type.</summary>
    public static ParquetLeaf Of(RowType type) => type switch
    {
        RowType.Integer or RowType.Integers => new ParquetLeaf<long>(value => value.GetInt64()),
        RowType.Real => new ParquetLeaf<double>(value => value.GetDouble()),
        RowType.Boolean => new ParquetLeaf<bool>(value => value.GetBoolean()),
        RowType.Vector => new ParquetLeaf<float>(value => value.GetSingle()),
        _ => new ParquetLeaf<ReadOnlyMemory<char>>(value => (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).AsMemory()),
    };

    /// <summary>Takes a value that is there.</summary>
    protected abstract void Take(JsonElement value);

    /// <summary>Writes the column and forgets the values.</summary>
    protected abstract void Flush(ParquetRowGroupWriter group, DataField field);
}

/// <summary>A leaf of one type.</summary>
internal sealed class ParquetLeaf<T>(Func<JsonElement, T> read) : ParquetLeaf
    where T : struct
{
    private readonly List<T> _values = [];

    /// <inheritdoc/>
    protected override void Take(JsonElement value) => _values.Add(read(value));

    /// <inheritdoc/>
    protected override void Flush(ParquetRowGroupWriter group, DataField field)
    {
        ReadOnlyMemory<int>? definitions = field.MaxDefinitionLevel > 0 ? Definitions : null;
        ReadOnlyMemory<int>? repetitions = field.MaxRepetitionLevel > 0 ? Repetitions : null;
        group.WriteAllPartsAsync<T>(field, _values.ToArray(), definitions, repetitions, CancellationToken.None).GetAwaiter().GetResult();
        _values.Clear();
    }
}
