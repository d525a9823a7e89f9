using Gptx.Checkpoints;
using Gptx.Figures;

namespace Gptx.Illustrations;

/// <summary>A file for a figure: its ending says the format.</summary>
public sealed class FigureFile
{
    private readonly bool _overwrite;

    private FigureFile(string path, FigureFormat format, bool overwrite) => (Path, Format, _overwrite) = (path, format, overwrite);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is written there.</summary>
    public FigureFormat Format { get; }

    /// <summary>Looks whether a figure can be written to a file, before anything is computed for it.</summary>
    /// <param name="path">The file; it ends with .svg, .html or .png.</param>
    /// <param name="overwrite">Whether a file that exists is replaced.</param>
    /// <exception cref="GptxException"><c>FigureEndingUnknown</c>; <c>OutputExists</c>.</exception>
    public static FigureFile Of(string path, bool overwrite)
    {
        var format = System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => FigureFormat.Svg,
            ".html" or ".htm" => FigureFormat.Html,
            ".png" => FigureFormat.Png,
            _ => throw new GptxException(
                GptxErrorKind.InvalidArgument, "FigureEndingUnknown", $"a figure cannot be written to '{path}': its name must end with .svg, .html or .png"),
        };
        return overwrite || !File.Exists(path) ? new FigureFile(path, format, overwrite) : throw new GptxException(
            GptxErrorKind.OutputNotWritable, "OutputExists", $"{path}: the file exists already; it is replaced only when that is asked for");
    }

    /// <summary>Writes a figure, whole or not at all.</summary>
    /// <exception cref="GptxException"><c>FigureNotMatrix</c>, <c>FigureTooLarge</c>; <c>OutputExists</c>, <c>OutputNotWritable</c>.</exception>
    public void Save(Figure figure) => AtomicFile.Write(Path, _overwrite, stream => FigureWriter.Write(figure, Format, stream));
}
