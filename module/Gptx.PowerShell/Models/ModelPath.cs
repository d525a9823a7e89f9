using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Where a model's name leads: paths are relative to PowerShell's location, which need not be the process's folder.</summary>
internal static class ModelPath
{
    /// <summary>A path as full path; any other name as it is.</summary>
    public static string Resolve(PathIntrinsics location, string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return name;
        }

        string path;
        try
        {
            path = location.GetUnresolvedProviderPathFromPSPath(name);
        }
        catch (Exception error) when (error is IOException or RuntimeException or NotSupportedException)
        {
            return name;
        }

        return LooksLikePath(name) || Path.Exists(path) ? Path.TrimEndingDirectorySeparator(path) : name;
    }

    private static bool LooksLikePath(string name) => name != ModelLocation.Embedded
        && (name[0] is '.' or '/' or '\\' or '~' || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])));
}
