using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Gptx.Jobs.Output;

/// <summary>
/// A column of a job's rows in Parquet: a value, a list of values, or a list of records, whose fields may be lists again. It is taken apart into leaves as Dremel does
/// (Melnik et al. 2010): a value at a place has the depth to which it is defined, and the depth of the list that it goes on with.
/// </summary>
internal sealed class ParquetColumn
{
    private readonly RowColumn _column;
    private readonly ParquetLeaf[] _leaves;

    public ParquetColumn(RowColumn column)
    {
        _column = column;
        Field = FieldOf(column.Name, column);
        _leaves = [.. LeavesOf(column)];
    }

    /// <summary>The column in the schema.</summary>
    public Field Field { get; }

    /// <summary>How many leaves of the schema it has.</summary>
    public int Leaves => _leaves.Length;

    /// <summary>Takes the value of a row.</summary>
    public void Add(JsonElement row)
    {
        var leaf = 0;
        Take(_column, row.TryGetProperty(_column.Name, out var value) ? value : default, new Place(0, 0, 0), ref leaf);
    }

    /// <summary>Writes what was gathered.</summary>
    public void Write(ParquetRowGroupWriter group, IReadOnlyList<DataField> fields)
    {
        for (var i = 0; i < _leaves.Length; i++)
        {
            _leaves[i].Write(group, fields[i]);
        }
    }

    private static Field FieldOf(string name, RowColumn column) => column.Type switch
    {
        RowType.Vector or RowType.Texts or RowType.Integers => new ListField(name, Leaf(ListField.ElementName, column.Type)),
        RowType.Records => new ListField(name, new StructField(ListField.ElementName, [.. column.Items!.Select(item => FieldOf(item.Name, item))])),
        _ => Leaf(name, column.Type),
    };

    private static DataField Leaf(string name, RowType type) => type switch
    {
        RowType.Integer or RowType.Integers => new DataField<long?>(name),
        RowType.Real => new DataField<double?>(name),
        RowType.Boolean => new DataField<bool?>(name),
        RowType.Vector => new DataField<float?>(name),
        _ => new DataField<string>(name),
    };

    private static IEnumerable<ParquetLeaf> LeavesOf(RowColumn column) => column.Type == RowType.Records ? column.Items!.SelectMany(LeavesOf) : [ParquetLeaf.Of(column.Type)];

    private static bool IsList(RowColumn column) => column.Type is RowType.Vector or RowType.Texts or RowType.Integers or RowType.Records;

    private static bool IsMissing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    // A list is an optional group of a repeated one: the first depth says that it is there, the second that it has an element. A record adds one, a value the last.
    private void Take(RowColumn column, JsonElement value, Place place, ref int leaf)
    {
        if (!IsList(column))
        {
            _leaves[leaf++].Add(value, IsMissing(value), place.Definition, place.Repetition);
        }
        else if (IsMissing(value) || value.GetArrayLength() == 0)
        {
            Missing(column, place with { Definition = place.Definition + (IsMissing(value) ? 0 : 1) }, ref leaf);
        }
        else
        {
            TakeList(column, value, place, ref leaf);
        }
    }

    private void TakeList(RowColumn column, JsonElement list, Place place, ref int leaf)
    {
        var (first, lists) = (leaf, place.Lists + 1);
        foreach (var (number, item) in list.EnumerateArray().Index())
        {
            leaf = first;
            var at = new Place(place.Definition + 2, number == 0 ? place.Repetition : lists, lists);
            if (column.Items is not { } fields)
            {
                _leaves[leaf++].Add(item, IsMissing(item), at.Definition, at.Repetition);
                continue;
            }

            foreach (var field in fields)
            {
                Take(field, item.TryGetProperty(field.Name, out var value) ? value : default, at with { Definition = at.Definition + 1 }, ref leaf);
            }
        }
    }

    private void Missing(RowColumn column, Place place, ref int leaf)
    {
        foreach (var _ in LeavesOf(column))
        {
            _leaves[leaf++].AddMissing(place.Definition, place.Repetition);
        }
    }

    /// <summary>Where a value stands.</summary>
    /// <param name="Definition">How deep what is around it is defined.</param>
    /// <param name="Repetition">The depth of the list that it goes on with; 0 where it begins a row.</param>
    /// <param name="Lists">How many lists are around it.</param>
    private readonly record struct Place(int Definition, int Repetition, int Lists);
}
