using System.Diagnostics;
using System.Globalization;

namespace Gptx.Benchmarks;

/// <summary>This process's memory, in bytes.</summary>
public static class ProcessMemory
{
    /// <summary>What it holds that no file backs.</summary>
    public static long Private => Status("RssAnon:") + Status("RssShmem:");

    /// <summary>Pages of mapped files that are in memory.</summary>
    public static long Mapped => Status("RssFile:");

    /// <summary>The most there was of both.</summary>
    public static long Peak => Status("VmHWM:");

    /// <summary>A line of /proc/self/status; elsewhere the process's private bytes.</summary>
    private static long Status(string field) => OperatingSystem.IsLinux()
        ? File.ReadLines("/proc/self/status").Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Select(line => 1024 * long.Parse(line[field.Length..^2].Trim(), CultureInfo.InvariantCulture)).First()
        : Process.GetCurrentProcess().PrivateMemorySize64;
}
