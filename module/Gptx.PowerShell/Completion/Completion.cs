using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>What completers share.</summary>
internal static class Completion
{
    /// <summary>The values that begin with what was typed.</summary>
    public static IEnumerable<CompletionResult> StartingWith(string? typed, IEnumerable<string> values) =>
        [.. values.Where(value => value.StartsWith((typed ?? "").Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)).Select(value => new CompletionResult(value))];
}
