using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Gptx.Tests.Jobs.Stores;

public class SqliteStoreTests : StoreTests
{
    private protected override string Address(JobFolder folder, string table) => $"{folder.Path("rows.db")}#{table}";

    private protected override DbConnection Open(JobFolder folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Path("rows.db"), Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private protected override string VectorText(DbDataReader reader, int column) => Bits(MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(column)).ToArray());

    private protected override List<string> Tables(JobFolder folder) => Query(folder, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", row => row.GetString(0));
}
