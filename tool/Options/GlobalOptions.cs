using System.CommandLine;

namespace Gptx.Tool.Options;

/// <summary>Options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Say more on standard error: what was chosen, and the id of an error.",
        Recursive = true,
    };

    public static Option<bool> NoProgress { get; } = new("--no-progress")
    {
        Description = "Show no progress on standard error.",
        Recursive = true,
    };
}
