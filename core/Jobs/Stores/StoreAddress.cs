using System.Text.RegularExpressions;

namespace Gptx.Jobs.Stores;

/// <summary>
/// Where a table of rows is: <c>FILE.db</c> or <c>FILE.db#TABLE</c> in SQLite, <c>postgresql://[USER@]HOST[:PORT]/DATABASE[?sslmode=MODE][#TABLE]</c> in PostgreSQL. It has no password: that
/// comes from <c>PGPASSWORD</c> or the file that <c>PGPASSFILE</c> names.
/// </summary>
public sealed partial record StoreAddress
{
    /// <summary>The table where none is named.</summary>
    public const string DefaultTable = "rows";

    private const string Form = "FILE.db#TABLE or postgresql://[USER@]HOST[:PORT]/DATABASE#TABLE";

    /// <summary>What PostgreSQL cuts names off after, in bytes, less what is put behind a table's name while a job runs.</summary>
    private const int LongestTable = 50;

    private const string SslModeName = "?sslmode=";
    private static readonly string[] SslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    private StoreAddress(string table) => Table = table;

    /// <summary>The database's file; null for a server.</summary>
    public string? File { get; private init; }

    /// <summary>The server; null for a file.</summary>
    public Uri? Server { get; private init; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>How the connection to the server is encrypted, in libpq's words (<c>?sslmode=</c>); null is where the server can.</summary>
    public string? SslMode { get; private init; }

    /// <summary>Whether a text is the address of a table, a wrong one among them, and not the name of another file.</summary>
    public static bool IsStore(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsServer(text) || FileForm().IsMatch(text);
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="GptxException"><c>StoreAddressInvalid</c>; the message repeats nothing that may be a password.</exception>
    public static StoreAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsServer(text))
        {
            return OfServer(text);
        }

        return FileForm().Match(text) is { Success: true } match
            ? new StoreAddress(Named(match.Groups["table"])) { File = match.Groups["file"].Value }
            : throw Invalid($"the address is not one: it must be {Form}");
    }

    /// <summary>The address, as it can be given again.</summary>
    public override string ToString() => $"{File ?? Server!.GetLeftPart(UriPartial.Query)}#{Table}";

    private static StoreAddress OfServer(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw Invalid($"the address of the server is not one: it must be {Form}, without a password");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal) || uri.Query.Contains("pass", StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("a password in an address is not allowed: others see it; set PGPASSWORD, or write it into the file that PGPASSFILE names (~/.pgpass)");
        }

        if (uri.Host.Length == 0 || uri.AbsolutePath.Trim('/') is not { Length: > 0 } database || database.Contains('/', StringComparison.Ordinal))
        {
            throw Invalid($"the address of the server lacks a host or a database, or has more than these: it must be {Form}");
        }

        return new StoreAddress(Named(Uri.UnescapeDataString(uri.Fragment.TrimStart('#')))) { Server = uri, SslMode = Ssl(uri.Query) };
    }

    private static string? Ssl(string query) => query.Length == 0 ? null
        : query.StartsWith(SslModeName, StringComparison.Ordinal) && SslModes.Contains(query[SslModeName.Length..]) ? query[SslModeName.Length..]
        : throw Invalid($"what stands behind the ? of an address must be sslmode= with one of {string.Join(", ", SslModes)}");

    private static string Named(Group table) => Named(table.Value);

    private static string Named(string table)
    {
        var name = table.Length == 0 ? DefaultTable : table;
        return name.Any(char.IsControl) || name.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 || System.Text.Encoding.UTF8.GetByteCount(name) > LongestTable || IsReserved(name)
            ? throw Invalid($"table '{name}' is not allowed: a name has at most {LongestTable} bytes, no control characters, and does not begin with gptx_, sqlite_ or pg_")
            : name;
    }

    private static bool IsReserved(string name) => ((string[])["gptx_", "sqlite_", "pg_"]).Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsServer(string text) =>
        text.StartsWith("postgresql:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres:", StringComparison.OrdinalIgnoreCase);

    private static GptxException Invalid(string message) => new(GptxErrorKind.InvalidArgument, "StoreAddressInvalid", message);

    [GeneratedRegex(@"^(?<file>.*?\.db)(#(?<table>.*))?$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileForm();
}
