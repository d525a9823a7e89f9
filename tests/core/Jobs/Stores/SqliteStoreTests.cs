using System.Data.Common;
using System.Runtime.InteropServices;
using Gptx.Jobs;
using Microsoft.Data.Sqlite;

namespace Gptx.Tests.Jobs.Stores;

public class SqliteStoreTests : StoreTests
{
    private protected override string Address(JobFolder folder, string table) => $"{folder.Path("rows.db")}#{table}";

    [Fact]
    public void A_folder_that_a_kill_left_beside_a_finished_table_is_removed_unless_somebody_works_there()
    {
        using var folder = new JobFolder();
        var options = Options(folder, folder.Lines(20, seed: 3), "t") with { Resume = true };
        Resume();
        var left = Directory.CreateDirectory(folder.Path("rows.db.t.partial")).FullName;
        using (new FileStream(Path.Join(left, "0-of-1.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Resume();
            Assert.True(Directory.Exists(left));
        }

        Resume();
        Assert.False(Directory.Exists(left));

        void Resume() => new TextJob(new LetterTask(), options).Run(cancellation: TestContext.Current.CancellationToken);
    }

    private protected override DbConnection Open(JobFolder folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = folder.Path("rows.db"), Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private protected override string VectorText(DbDataReader reader, int column) => Bits(MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(column)).ToArray());

    private protected override List<string> Tables(JobFolder folder) => Query(folder, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", row => row.GetString(0));
}
