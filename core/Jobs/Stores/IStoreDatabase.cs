using System.Data.Common;
using System.Text.Json;

namespace Gptx.Jobs.Stores;

/// <summary>A kind of database: how it is opened, how it locks, and where its SQL and its types are its own.</summary>
internal interface IStoreDatabase
{
    /// <summary>What it is called in messages.</summary>
    string Name { get; }

    /// <summary>Whether there may be something in it: a file that is not there yet need not be opened.</summary>
    bool MayHaveTables { get; }

    /// <summary>Where the list of rows with faults goes unless another place is named.</summary>
    string ErrorsPath { get; }

    /// <summary>The type of the names of tables, compared as the database compares them.</summary>
    string NameType { get; }

    /// <summary>The type of bytes.</summary>
    string BytesType { get; }

    /// <summary>The type of JSON whose text stays as it is.</summary>
    string JsonType { get; }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="DbException">It cannot be opened.</exception>
    DbConnection Open();

    /// <summary>Makes a folder of its own for what lies on disk while a job runs.</summary>
    string MakeFolder();

    /// <summary>Whether that folder stays while the job is not at its end.</summary>
    bool KeepsFolder { get; }

    /// <summary>Removes the folder that a kill has left behind after the job was finished; nothing where somebody works there.</summary>
    void SweepFolder();

    /// <summary>Takes what the one process that works on a shard holds; the system or the server lets go of it when that ends.</summary>
    /// <returns>Null where another holds it.</returns>
    IDisposable? TryLock(DbConnection connection, Shard shard, string folder);

    /// <summary>Keeps others from making tables until the transaction ends.</summary>
    void LockTables(StoreTransaction transaction);

    /// <summary>Whether there is a table, or something else, of a name.</summary>
    bool Has(StoreTransaction transaction, string table);

    /// <summary>The columns of a table with their types, as the database says them.</summary>
    IReadOnlyList<string> ColumnsOf(StoreTransaction transaction, string table);

    /// <summary>The type of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="width">How many numbers its vectors have; null where that is not known.</param>
    string TypeOf(RowColumn column, int? width);

    /// <summary>What is put in for a parameter that becomes a column's value.</summary>
    string Cast(RowColumn column, string parameter);

    /// <summary>What is selected for a column.</summary>
    string Selected(RowColumn column);

    /// <summary>A value for a column, as a parameter takes it.</summary>
    object ToDatabase(RowColumn column, JsonElement value);

    /// <summary>The vector that a column of a row holds.</summary>
    float[] Vector(DbDataReader reader, int column);

    /// <summary>Why a row with these values cannot be stored; null where it can.</summary>
    string? Fault(IReadOnlyList<RowColumn> columns, object[] values);

    /// <summary>Executes a statement once for each list of parameters.</summary>
    void ExecuteEach(StoreTransaction transaction, string sql, IReadOnlyList<object[]> rows);

    /// <summary>Stops what a connection is doing, from another thread.</summary>
    void Interrupt(DbConnection connection);

    /// <summary>Whether the same may go well on a new connection: the server went away, or two transactions waited for each other.</summary>
    bool MayPass(Exception error);

    /// <summary>What went wrong, in words.</summary>
    string Reason(Exception error);
}
