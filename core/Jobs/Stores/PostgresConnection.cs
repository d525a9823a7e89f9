using Npgsql;

namespace Gptx.Jobs.Stores;

/// <summary>
/// How a server is connected to. The address has its host, port, database and user; the password comes from <c>PGPASSWORD</c> or the file that <c>PGPASSFILE</c> names
/// (<c>~/.pgpass</c>), certificates from <c>PGSSLROOTCERT</c>, <c>PGSSLCERT</c> and <c>PGSSLKEY</c>, other settings from <c>PGOPTIONS</c>, as Npgsql reads them.
/// </summary>
internal static class PostgresConnection
{
    private const int KeepAliveSeconds = 15;

    /// <summary>Connections to the server of an address.</summary>
    public static NpgsqlDataSource Source(StoreAddress address)
    {
        var server = address.Server!;
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = server.IdnHost,
            Port = server.Port > 0 ? server.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(server.AbsolutePath.Trim('/')),
            ApplicationName = "gptx",
            Pooling = false,
            CommandTimeout = 0, // making an index of many rows takes its time
            KeepAlive = KeepAliveSeconds,
        };
        if (server.UserInfo.Length > 0)
        {
            settings.Username = Uri.UnescapeDataString(server.UserInfo);
        }

        if (address.SslMode is { } ssl)
        {
            settings.SslMode = Enum.Parse<SslMode>(ssl.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        }

        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();
    }
}
