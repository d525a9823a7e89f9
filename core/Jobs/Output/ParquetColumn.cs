using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Jobs.Output;

/// <summary>A column of a job's rows in Parquet: a value, a list of values, or a list of records, whose fields are leaves side by side.</summary>
internal sealed class ParquetColumn
{
    /// <summary>How deep a list without elements is defined: it is there.</summary>
    private const int EmptyList = 1;

    private readonly RowColumn _column;
    private readonly ParquetLeaf[] _leaves;

    public ParquetColumn(RowColumn column)
    {
        _column = column;
        _leaves = column.Type == RowType.Records ? [.. column.Items!.Select(item => ParquetLeaf.Of(item.Type))] : [ParquetLeaf.Of(column.Type)];
        Field = column.Type switch
        {
            RowType.Vector or RowType.Texts or RowType.Integers => new ListField(column.Name, Leaf(ListField.ElementName, column.Type)),
            RowType.Records => new ListField(column.Name, new StructField(ListField.ElementName, [.. column.Items!.Select(item => Leaf(item.Name, item.Type))])),
            _ => Leaf(column.Name, column.Type),
        };
    }

    /// <summary>The column in the schema.</summary>
    public Field Field { get; }

    /// <summary>How many leaves of the schema it has.</summary>
    public int Leaves => _leaves.Length;

    /// <summary>Takes the value of a row.</summary>
    public void Add(JsonElement row, IReadOnlyList<DataField> fields)
    {
        var value = row.TryGetProperty(_column.Name, out var found) ? found : default;
        if (Field is DataField)
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                _leaves[0].AddMissing(fields[0].MaxDefinitionLevel - 1, 0);
                return;
            }

            _leaves[0].Add(value, fields[0].MaxDefinitionLevel, 0);
            return;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Array.ForEach(_leaves, leaf => leaf.AddMissing(value.ValueKind == JsonValueKind.Array ? EmptyList : 0, 0));
            return;
        }

        foreach (var (place, item) in value.EnumerateArray().Index())
        {
            for (var i = 0; i < _leaves.Length; i++)
            {
                _leaves[i].Add(_column.Items is { } items ? item.GetProperty(items[i].Name) : item, fields[i].MaxDefinitionLevel, Math.Min(place, 1));
            }
        }
    }

    /// <summary>Writes what was gathered.</summary>
    public void Write(ParquetRowGroupWriter group, IReadOnlyList<DataField> fields)
    {
        for (var i = 0; i < _leaves.Length; i++)
        {
            _leaves[i].Write(group, fields[i]);
        }
    }

    private static DataField Leaf(string name, RowType type) => type switch
    {
        RowType.Integer or RowType.Integers => new DataField<long?>(name),
        RowType.Real => new DataField<double?>(name),
        RowType.Boolean => new DataField<bool?>(name),
        RowType.Vector => new DataField<float?>(name),
        _ => new DataField<string>(name),
    };
}
