using System.IO.Enumeration;

namespace Gptx.Rows;

/// <summary>The files that were named as inputs: paths, patterns such as <c>logs/*.txt</c>, and <c>-</c> for standard input.</summary>
public static class RowInputs
{
    /// <summary>The name of standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The sources, in the order in which they were named; the files of a pattern by name.</summary>
    /// <param name="names">What was named.</param>
    /// <param name="standardInput">Opens standard input.</param>
    /// <exception cref="GptxException"><c>InputNotReadable</c>: a file that is not there, or a pattern that matches nothing; <c>InputTwice</c>: a file, or standard input, is named twice.</exception>
    public static IReadOnlyList<RowSource> Of(IEnumerable<string> names, Func<Stream> standardInput)
    {
        RowSource[] sources = [.. names.SelectMany(name => name == StandardInput ? [RowSource.OfStream(standardInput)] : Files(name).Select(path => RowSource.OfFile(path)))];
        if (sources.GroupBy(source => source.Path ?? StandardInput, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputTwice", $"{twice.Key} is named twice: its rows would be there twice");
        }

        // Ids of rows begin with the name of their source: files of one name in several folders are told apart by their paths.
        var unique = sources.GroupBy(source => source.Name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        return [.. sources.Select(source => unique.Contains(source.Name) ? source with { Name = source.Path!.Replace('\\', '/') } : source)];
    }

    private static IEnumerable<string> Files(string name)
    {
        if (Directory.Exists(name))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{name} is a folder: name its files, such as {Path.Join(name, "*.txt")}");
        }

        if (Path.Exists(name))
        {
            return [name];
        }

        if (!name.Contains('*', StringComparison.Ordinal) && !name.Contains('?', StringComparison.Ordinal))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{name} cannot be read: it does not exist");
        }

        var folder = Path.GetDirectoryName(name) is { Length: > 0 } given ? given : ".";
        var pattern = Path.GetFileName(name);
        if (folder.Contains('*', StringComparison.Ordinal) || folder.Contains('?', StringComparison.Ordinal) || !Directory.Exists(folder))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{name}: there is no such folder; a pattern may stand in the name of the file");
        }

        string[] found =
        [
            .. Directory.EnumerateFiles(folder)
                .Where(path => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: false))
                .Select(path => folder == "." && !name.StartsWith("./", StringComparison.Ordinal) ? Path.GetFileName(path) : path)
                .Order(StringComparer.Ordinal),
        ];
        return found.Length > 0 ? found : throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"{name} matches no file");
    }
}
