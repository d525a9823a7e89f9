using System.Text.RegularExpressions;

namespace Gptx.PowerShell;

/// <summary>The library's messages name options as gptx has them; here those of PowerShell stand in their place.</summary>
internal static partial class OptionNames
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["accept-errors"] = "AcceptError",
        ["dry-run"] = "WhatIf",
        ["errors"] = "ErrorPath",
        ["force"] = "Force",
        ["id-field"] = "IdProperty",
        ["input"] = "Path",
        ["keep"] = "Keep",
        ["max-errors"] = "MaxError",
        ["max-row-bytes"] = "MaxRowBytes",
        ["max-row-tokens"] = "MaxRowTokens",
        ["out"] = "Destination",
        ["resume"] = "Resume",
        ["retry-errors"] = "RetryErrors",
        ["row-timeout"] = "RowTimeout",
        ["rows"] = "Rows",
        ["seed"] = "Seed",
        ["shard"] = "Shard",
        ["summary"] = "SummaryPath",
        ["text-field"] = "Property",
        ["truncate"] = "Truncate",
        ["update"] = "Update",
    };

    /// <summary>A message with the names of parameters.</summary>
    public static string InPowerShell(string message) => Option().Replace(
        message, option => Parameters.TryGetValue(option.Groups["name"].Value, out var parameter) ? $"-{parameter}" : option.Value);

    [GeneratedRegex(@"(?<![\w-])--(?<name>[a-z]+(?:-[a-z]+)*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();
}
