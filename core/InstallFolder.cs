using System.Diagnostics.CodeAnalysis;

namespace Gptx;

/// <summary>The folder in which this assembly lies, with the embedded model and the native libraries beside it: a build folder, an installed tool, an imported module.</summary>
internal static class InstallFolder
{
    /// <summary>Its path.</summary>
    public static string Path { get; } = Find();

    /// <summary>Compiled into one native program, an assembly has no place of its own: there the program's folder is meant.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "an empty location is what the fallback is for")]
    private static string Find() => System.IO.Path.TrimEndingDirectorySeparator(
        System.IO.Path.GetDirectoryName(typeof(InstallFolder).Assembly.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory);
}
