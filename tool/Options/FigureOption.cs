using System.CommandLine;
using Gptx.Illustrations;

namespace Gptx.Tool.Options;

/// <summary>--figure: a picture of the results, beside the results.</summary>
internal static class FigureOption
{
    private static readonly Option<string?> Figure = new("--figure")
    {
        Description = "Draw the results into a file: .svg, .html (values at the pointer, zoom; works offline) or, of matrices, .png.",
        HelpName = "FILE",
    };

    /// <summary>Gives a command the option.</summary>
    public static void AddTo(Command command) => command.Options.Add(Figure);

    /// <summary>Whether a figure is asked for.</summary>
    public static bool IsGiven(Invocation run) => run.Get(Figure) is not null;

    /// <summary>The file of the figure, looked at before anything is computed; null where none is asked for.</summary>
    /// <exception cref="GptxException"><c>FigureEndingUnknown</c>; <c>OutputExists</c>; <c>UsageInvalid</c>: it is the file of --out too.</exception>
    public static FigureFile? Read(Invocation run)
    {
        if (run.Get(Figure) is not { } path)
        {
            return null;
        }

        if (path.Length == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--figure is empty: give the name of a file");
        }

        if (OutputOptions.Path(run) is { Length: > 0 } other && Path.GetFullPath(other) == Path.GetFullPath(path))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", $"--out and --figure are the same file '{path}': give two");
        }

        FigureFile? file = null;
        OutputOptions.ToFile(path, () => file = FigureFile.Of(path, run.Parsed.GetValue<bool>("--force")));
        return file;
    }
}
