namespace Gptx.Checkpoints;

/// <summary>Where Gptx keeps what it can make again: <c>GPTX_CACHE</c>, else a folder of its own where the platform keeps caches.</summary>
public static class CacheFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "GPTX_CACHE";

    /// <summary>The folder; it need not exist. Null where the platform names none.</summary>
    /// <param name="variable">Gives environment variables; by default those of the process.</param>
    public static string? Find(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        return variable(Variable) is { Length: > 0 } own ? Path.GetFullPath(own)
            : OfPlatform(variable) is { Length: > 0 } shared ? Path.Join(shared, "gptx") : null;
    }

    private static string? OfPlatform(Func<string, string?> variable)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? InHome("Library/Caches")
            : variable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg) ? xdg
            : InHome(".cache");

        string? InHome(string folder) => home.Length > 0 ? Path.Join(home, folder) : null;
    }
}
