using System.Data.Common;
using System.Globalization;

namespace Gptx.Jobs.Stores;

/// <summary>Statements on a connection, in a transaction or outside of one. Values go in as the parameters <c>@p0</c>, <c>@p1</c>, ...</summary>
internal sealed class StoreTransaction(DbConnection connection, DbTransaction? transaction)
{
    /// <summary>The connection.</summary>
    public DbConnection Connection => connection;

    /// <summary>The transaction; null outside of one.</summary>
    public DbTransaction? Transaction => transaction;

    /// <summary>Quotes the name of a table or column: whatever is in it, it is a name.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A command of this transaction.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        Bind(command.Parameters, command.CreateParameter, values);
        return command;
    }

    /// <summary>Gives a command its values.</summary>
    public static void Bind(DbParameterCollection parameters, Func<DbParameter> create, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = create();
            (parameter.ParameterName, parameter.Value) = (Name(i), values[i]);
            parameters.Add(parameter);
        }
    }

    /// <summary>The name of a parameter.</summary>
    public static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"@p{place}");

    /// <summary>Executes a statement, and says how many rows it touched.</summary>
    public int Execute(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, as they are read.</summary>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
