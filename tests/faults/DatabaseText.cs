using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Gptx.Faults;

/// <summary>What a file of SQLite has in it, as text: tables as they were made, and all their rows, in an order that does not depend on where they lie.</summary>
public static class DatabaseText
{
    /// <summary>The lines of a file.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        var tables = Query(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", reader => reader.GetString(0));
        return
        [
            .. Query(connection, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name", Row),
            .. Query(connection, "PRAGMA integrity_check", Row),
            .. tables.SelectMany(table => Query(connection, $"SELECT * FROM \"{table}\"", Row).Order(StringComparer.Ordinal).Select(row => $"{table}: {row}")),
        ];
    }

    private static List<T> Query<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static string Row(SqliteDataReader reader) => string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column) switch
    {
        DBNull => "NULL",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        var value => $"{value.GetType().Name} {Convert.ToString(value, CultureInfo.InvariantCulture)}",
    }));
}
