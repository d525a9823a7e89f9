using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Gptx.Tests.Jobs.Stores;

/// <summary>A server of these tests' own, where PostgreSQL's programs are found (on the PATH or where Debian has them): begun when it is first needed, in a folder that goes with it.</summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The one role that has to say a password.</summary>
    public const string WithPassword = "guarded";

    private readonly Lazy<string?> _missing;
    private readonly ConcurrentDictionary<string, string> _databases = new(StringComparer.Ordinal);
    private DirectoryInfo? _folder;

    public PostgresServer() => _missing = new Lazy<string?>(Begin);

    public int Port { get; private set; }

    private static bool IsRoot => Environment.UserName == "root";

    private static string? Programs => ((string[])[.. Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator), .. Debian()]).FirstOrDefault(folder => File.Exists(Path.Join(folder, "initdb")));

    /// <summary>Whether databases of the server can have pgvector.</summary>
    public bool HasVectors
    {
        get
        {
            using var connection = Open("postgres");
            using var command = new NpgsqlCommand("SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'", connection);
            return (long)command.ExecuteScalar()! > 0;
        }
    }

    /// <summary>Skips the test where there is no server.</summary>
    public void Require() => Assert.SkipWhen(_missing.Value is not null, _missing.Value ?? "");

    /// <summary>A database for each key.</summary>
    public string Database(string key, bool withVectors = false) => _databases.GetOrAdd(key, _ =>
    {
        Require();
        var name = $"d{Guid.NewGuid():N}";
        Execute("postgres", $"CREATE DATABASE {name}");
        if (withVectors)
        {
            Execute(name, "CREATE EXTENSION vector");
        }

        return name;
    });

    public NpgsqlConnection Open(string database)
    {
        var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={Port};Username=gptx;Database={database};Pooling=false");
        connection.Open();
        return connection;
    }

    /// <summary>What psql prints for a query; skips the test where there is none.</summary>
    public string Psql(string database, string sql)
    {
        var (code, output) = Run("psql", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "gptx", "-d", database, "-At", "-c", sql);
        Assert.SkipWhen(code == 127, "there is no psql on the PATH");
        Assert.True(code == 0, output);
        return output;
    }

    /// <summary>Stops the server, as a power cut would.</summary>
    public void Stop() => Control("stop", "-m", "immediate");

    public void Start() => Control("start", "-o", $"-p {Port} -k {_folder!.FullName} -c listen_addresses=127.0.0.1 -c fsync=off", "-l", Path.Join(_folder.FullName, "log"));

    public void Dispose()
    {
        if (_folder is not null)
        {
            Stop();
            _folder.Delete(recursive: true);
        }
    }

    private string? Begin()
    {
        if (OperatingSystem.IsWindows() || Programs is not { } programs)
        {
            return "PostgreSQL is not here: no initdb on the PATH or in /usr/lib/postgresql";
        }

        if (IsRoot && !File.Exists("/usr/sbin/runuser"))
        {
            return "PostgreSQL does not run as root, and there is no runuser";
        }

        _folder = Directory.CreateTempSubdirectory("gptx-postgres-");
        if (IsRoot)
        {
            Assert.Equal(0, Run("chown", "postgres", _folder.FullName).Code);
        }

        Port = FreePort();
        var (code, output) = As(Path.Join(programs, "initdb"), "-D", Path.Join(_folder.FullName, "data"), "-A", "trust", "-U", "gptx", "-E", "UTF8", "--locale=C", "--no-sync");
        Assert.True(code == 0, output);
        File.WriteAllText(Path.Join(_folder.FullName, "data", "pg_hba.conf"), $"host all {WithPassword} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\nlocal all all trust\n");
        Start();
        return null;
    }

    private void Control(string what, params string[] options)
    {
        var (code, output) = As(Path.Join(Programs!, "pg_ctl"), [what, "-D", Path.Join(_folder!.FullName, "data"), "-w", "-s", .. options]);
        Assert.True(code == 0, output);
    }

    private void Execute(string database, string sql)
    {
        using var connection = Open(database);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static IEnumerable<string> Debian() => Directory.Exists("/usr/lib/postgresql") ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Join(version, "bin")) : [];

    private static (int Code, string Output) As(string program, params string[] arguments) =>
        IsRoot ? Run("/usr/sbin/runuser", ["-u", "postgres", "--", program, .. arguments]) : Run(program, arguments);

    // The server inherits the pipes of pg_ctl: output goes to a file, and is not waited for.
    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", output, program, .. arguments]) { WorkingDirectory = "/" })!;
            process.WaitForExit();
            return (process.ExitCode, File.ReadAllText(output));
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
