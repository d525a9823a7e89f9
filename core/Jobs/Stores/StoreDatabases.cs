namespace Gptx.Jobs.Stores;

/// <summary>The kinds of databases.</summary>
internal static class StoreDatabases
{
    /// <summary>The database of an address; it is not opened yet.</summary>
    public static IStoreDatabase Of(StoreAddress address) => address.File is { } file ? new SqliteDatabase(file, address.Table) : new PostgresDatabase(address);
}
