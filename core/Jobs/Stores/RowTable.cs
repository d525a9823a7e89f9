using System.Data.Common;
using System.Text.Json;
using Gptx.Jobs.Log;

namespace Gptx.Jobs.Stores;

/// <summary>A table of rows: how it is made, written and read.</summary>
/// <param name="database">The database.</param>
/// <param name="name">The table's name.</param>
/// <param name="columns">All its columns, in order.</param>
/// <param name="key">The names of those that are its key.</param>
internal sealed class RowTable(IStoreDatabase database, string name, IReadOnlyList<RowColumn> columns, IReadOnlyList<string> key)
{
    private readonly string _table = StoreTransaction.Quoted(name);

    // The row that comes first in the input stays, in whatever order they arrive.
    private readonly string _upsert = $"""
        INSERT INTO {StoreTransaction.Quoted(name)} AS kept ({Names(columns.Select(column => column.Name))})
        VALUES ({string.Join(", ", columns.Select((column, place) => database.Cast(column, StoreTransaction.Name(place))))})
        ON CONFLICT ({Names(key)}) DO UPDATE SET {string.Join(", ", columns.Select(column => $"{StoreTransaction.Quoted(column.Name)} = excluded.{StoreTransaction.Quoted(column.Name)}"))}
        WHERE (excluded."rowSource", excluded."rowOffset") <= (kept."rowSource", kept."rowOffset")
        """;

    /// <summary>The columns.</summary>
    public IReadOnlyList<RowColumn> Columns => columns;

    /// <summary>Whether it is there.</summary>
    public bool Exists(StoreTransaction transaction) => database.Has(transaction, name);

    /// <summary>Makes the table, unless it is there.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="width">How many numbers vectors have; null where none is known.</param>
    public void Create(StoreTransaction transaction, int? width)
    {
        database.LockTables(transaction);
        var types = columns.Select(column => $"{StoreTransaction.Quoted(column.Name)} {database.TypeOf(column, width)}{(key.Contains(column.Name) ? " NOT NULL" : "")}");
        transaction.Execute($"CREATE TABLE IF NOT EXISTS {_table} ({string.Join(", ", types)}, PRIMARY KEY ({Names(key)}))");
    }

    /// <summary>Takes the table away.</summary>
    public void Drop(StoreTransaction transaction) => transaction.Execute($"DROP TABLE IF EXISTS {_table}");

    /// <summary>The values of a row.</summary>
    public object[] Values(ReadOnlyMemory<byte> row, int source, long offset)
    {
        using var json = JsonDocument.Parse(row);
        var values = new object[columns.Count];
        for (var i = 0; i < columns.Count - StoreColumns.Order.Count; i++)
        {
            values[i] = database.ToDatabase(columns[i], json.RootElement.TryGetProperty(columns[i].Name, out var value) ? value : default);
        }

        (values[^2], values[^1]) = ((long)source, offset);
        return values;
    }

    /// <summary>Puts rows in. Of two with one key the one that is first in the input stays.</summary>
    public void Put(StoreTransaction transaction, IReadOnlyList<object[]> rows)
    {
        if (rows.Count > 0)
        {
            database.ExecuteEach(transaction, _upsert, rows);
        }
    }

    /// <summary>Removes what a row of the input has become.</summary>
    public void Remove(StoreTransaction transaction, int source, LoggedRow row)
    {
        using var id = JsonDocument.Parse(row.Id);
        transaction.Execute(
            $"""DELETE FROM {_table} WHERE "rowId" = @p0 AND "rowSource" = @p1 AND "rowOffset" = @p2""", StoreValues.Text(id.RootElement), (long)source, row.Offset);
    }

    /// <summary>The rows, in the order of the input, as they are read.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="chosen">The columns that are wanted.</param>
    public IEnumerable<DbDataReader> Read(StoreTransaction transaction, IReadOnlyList<RowColumn> chosen)
    {
        IEnumerable<string> order = [.. StoreColumns.Order.Select(column => column.Name), .. key.Skip(1)];
        using var command = transaction.Command($"SELECT {string.Join(", ", chosen.Select(database.Selected))} FROM {_table} ORDER BY {Names(order)}");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    /// <summary>A row as a job's JSON.</summary>
    public ReadOnlyMemory<byte> Json(DbDataReader reader, IReadOnlyList<RowColumn> chosen) => RowJson.Object(json =>
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            json.WritePropertyName(chosen[i].Name);
            if (reader.IsDBNull(i))
            {
                json.WriteNullValue();
            }
            else
            {
                Write(json, reader, i, chosen[i]);
            }
        }
    });

    /// <summary>Makes this table the one of another name: takes its place or, where that one has the same columns, its content.</summary>
    public void Become(StoreTransaction transaction, string other)
    {
        var target = StoreTransaction.Quoted(other);
        if (!database.Has(transaction, other))
        {
            Rename();
        }
        else if (database.ColumnsOf(transaction, other).SequenceEqual(database.ColumnsOf(transaction, name)))
        {
            // Indexes, views and rights that others have put on it stay.
            transaction.Execute($"DELETE FROM {target}");
            transaction.Execute($"""INSERT INTO {target} SELECT * FROM {_table} ORDER BY {Names(StoreColumns.Order.Select(column => column.Name))}""");
            Drop(transaction);
        }
        else
        {
            transaction.Execute($"DROP TABLE {target}");
            Rename();
        }

        transaction.Execute($"CREATE INDEX IF NOT EXISTS {StoreTransaction.Quoted($"{other}_order")} ON {target} ({Names(StoreColumns.Order.Select(column => column.Name))})");

        void Rename() => transaction.Execute($"ALTER TABLE {_table} RENAME TO {target}");
    }

    private void Write(Utf8JsonWriter json, DbDataReader reader, int place, RowColumn column)
    {
        switch (column.Type)
        {
            case RowType.Text: json.WriteStringValue(reader.GetString(place)); break;
            case RowType.Integer: json.WriteNumberValue(reader.GetInt64(place)); break;
            case RowType.Real: json.WriteNumberValue(reader.GetDouble(place)); break;
            case RowType.Boolean: json.WriteBooleanValue(reader.GetBoolean(place)); break;
            case RowType.Vector: RowJson.Value(json, column, database.Vector(reader, place)); break;
            default: json.WriteRawValue(reader.GetString(place)); break;
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(StoreTransaction.Quoted));
}
