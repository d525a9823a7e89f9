namespace Gptx.Faults;

/// <summary>What two runs made, compared.</summary>
internal static class OutputFiles
{
    /// <summary>How files of SQLite end.</summary>
    public const string DatabaseEnding = ".db";

    /// <summary>Whether two files say the same: of a database the rows, of all others the bytes.</summary>
    public static bool AreSame(string one, string other) =>
        Directory.Exists(one) ? Directory.Exists(other)
        : File.Exists(other) && Path.GetExtension(one) == DatabaseEnding ? DatabaseText.Of(one).SequenceEqual(DatabaseText.Of(other))
        : File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
}
