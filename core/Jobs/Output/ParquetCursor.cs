using System.Text.Json;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Gptx.Jobs.Output;

/// <summary>Goes over the places of one leaf of a row group: the other way round than <see cref="ParquetLeaf"/>.</summary>
internal abstract class ParquetCursor
{
    /// <summary>Whether there is a place.</summary>
    public abstract bool HasPlace { get; }

    /// <summary>How deep the place is defined.</summary>
    public abstract int Definition { get; }

    /// <summary>The depth of the list that it goes on with; 0 where it begins a row.</summary>
    public abstract int Repetition { get; }

    /// <summary>Opens a leaf.</summary>
    public static ParquetCursor Of(ParquetRowGroupReader group, DataField field, RowType type) => type switch
    {
        RowType.Integer or RowType.Integers => new ParquetCursor<long>(group, field, (json, value) => json.WriteNumberValue(value)),
        RowType.Real => new ParquetCursor<double>(group, field, (json, value) => json.WriteNumberValue(value)),
        RowType.Boolean => new ParquetCursor<bool>(group, field, (json, value) => json.WriteBooleanValue(value)),
        RowType.Vector => new ParquetCursor<float>(group, field, (json, value) => json.WriteNumberValue(value)),
        _ => new ParquetCursor<ReadOnlyMemory<char>>(group, field, (json, value) => json.WriteStringValue(value.Span)),
    };

    /// <summary>Writes the value of the place, or null, and goes on.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>Goes on.</summary>
    public abstract void Pass();
}

/// <summary>A cursor over values of one type.</summary>
internal sealed class ParquetCursor<T>(ParquetRowGroupReader group, DataField field, Action<Utf8JsonWriter, T> write) : ParquetCursor
    where T : struct
{
    private readonly RawColumnData<T> _data = (RawColumnData<T>)group.ReadRawColumnDataBaseAsync(field).AsTask().GetAwaiter().GetResult();
    private readonly int _deepest = field.MaxDefinitionLevel;
    private int _place;
    private int _value;

    /// <inheritdoc/>
    public override bool HasPlace => _place < _data.DefinitionLevels.Length;

    /// <inheritdoc/>
    public override int Definition => _data.DefinitionLevels[_place];

    /// <inheritdoc/>
    public override int Repetition => _data.RepetitionLevels.Length == 0 ? 0 : _data.RepetitionLevels[_place];

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json)
    {
        if (Definition == _deepest)
        {
            write(json, _data.Values[_value]);
        }
        else
        {
            json.WriteNullValue();
        }

        Pass();
    }

    /// <inheritdoc/>
    public override void Pass()
    {
        _value += Definition == _deepest ? 1 : 0;
        _place++;
    }
}
