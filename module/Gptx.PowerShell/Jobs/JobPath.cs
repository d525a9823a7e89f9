using System.Management.Automation;
using Gptx.Rows;

namespace Gptx.PowerShell;

/// <summary>Where the paths of a job lead: they are relative to PowerShell's location, which need not be the process's folder.</summary>
internal static class JobPath
{
    private const string Store = ".db";

    /// <summary>The files that are named, in this order; those of a pattern by name.</summary>
    /// <exception cref="GptxException"><c>InputNotReadable</c>: there is none; <c>InputTwice</c>.</exception>
    public static IReadOnlyList<RowSource> Sources(PathIntrinsics location, IEnumerable<string> names)
    {
        var here = location.CurrentFileSystemLocation.ProviderPath;
        return [.. RowInputs.Of(names.SelectMany(name => Files(location, name)), () => Stream.Null).Select(source => Named(source, here))];
    }

    /// <summary>A file as full path; the table of a store stays behind it, and an address on a server is left alone.</summary>
    public static string Destination(PathIntrinsics location, string name)
    {
        if (name.Contains("://", StringComparison.Ordinal))
        {
            return name;
        }

        var table = name.LastIndexOf('#');
        return table > 0 && name[..table].EndsWith(Store, StringComparison.OrdinalIgnoreCase)
            ? location.GetUnresolvedProviderPathFromPSPath(name[..table]) + name[table..]
            : location.GetUnresolvedProviderPathFromPSPath(name);
    }

    // A file whose name has brackets is meant by that name, whatever they would match.
    private static IEnumerable<string> Files(PathIntrinsics location, string name)
    {
        var literal = Literal(location, name);
        if (File.Exists(literal) || !WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [literal];
        }

        string[] found;
        try
        {
            found = [.. location.GetResolvedProviderPathFromPSPath(name, out _).Where(File.Exists).Order(StringComparer.Ordinal)];
        }
        catch (ItemNotFoundException)
        {
            found = [];
        }

        return found.Length > 0 ? found : throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{name} matches no file");
    }

    private static string Literal(PathIntrinsics location, string name)
    {
        try
        {
            return location.GetUnresolvedProviderPathFromPSPath(name);
        }
        catch (Exception error) when (error is RuntimeException or NotSupportedException)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{name} is no path of a file: {error.Message}", error);
        }
    }

    // Files of one name are told apart by their paths, as a person here would write them.
    private static RowSource Named(RowSource source, string here)
    {
        var relative = System.IO.Path.GetRelativePath(here, source.Path!);
        return source.Name == System.IO.Path.GetFileName(source.Path) || relative.StartsWith("..", StringComparison.Ordinal)
            ? source
            : source with { Name = relative.Replace('\\', '/') };
    }
}
