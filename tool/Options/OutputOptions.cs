using System.CommandLine;
using System.Text;
using Gptx.Checkpoints;
using Gptx.Jobs.Stores;
using Gptx.Tool.Output;

namespace Gptx.Tool.Options;

/// <summary>Where results go, and in which form.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "One JSON document." };
    private readonly Option<bool> _jsonl = new("--jsonl") { Description = "A JSON object a line." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Comma-separated values with a header; vectors as columns v0, v1, ..." };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Write to a file, whole or not at all; without a flag its ending says the form (.json, .jsonl, .csv).",
        HelpName = "FILE",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace the file of --out, and of --figure where there is one, if it exists." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="toFile">Whether results can go to a file; not where --out is the file that the command makes.</param>
    public OutputOptions(Command command, bool toFile = true)
    {
        command.Options.Add(_json);
        command.Options.Add(_jsonl);
        command.Options.Add(_csv);
        if (toFile)
        {
            command.Options.Add(Out);
            command.Options.Add(_force);
        }
    }

    /// <summary>The file of --out; null for standard output.</summary>
    public static string? Path(Invocation run) => run.Get(Out);

    public bool Force(Invocation run) => run.Get(_force);

    /// <summary>Whether a flag says the form.</summary>
    public bool HasFlag(Invocation run) => run.Get(_json) || run.Get(_jsonl) || run.Get(_csv);

    /// <summary>Whether the output goes straight to a person.</summary>
    public bool IsForPerson(Invocation run) => Format(run, OutputFormat.JsonLines) == OutputFormat.Table;

    /// <summary>The form of the output.</summary>
    /// <param name="run">The run.</param>
    /// <param name="redirected">The form where nothing says another and nobody is looking.</param>
    /// <exception cref="GptxException"><c>FormatTwice</c>.</exception>
    public OutputFormat Format(Invocation run, OutputFormat redirected)
    {
        var asked = new[] { (_json, OutputFormat.Json), (_jsonl, OutputFormat.JsonLines), (_csv, OutputFormat.Csv) }
            .Where(choice => run.Get(choice.Item1)).Select(choice => choice.Item2).ToList();
        if (asked.Count > 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FormatTwice", "--json, --jsonl and --csv exclude each other: give one of them");
        }

        return asked is [var one] ? one
            : Path(run) is { } path ? OfEnding(path, redirected)
            : run.Around.OutIsTerminal ? OutputFormat.Table : redirected;
    }

    /// <summary>Lets the writing happen, into the file of --out, which is made whole or not at all, or to standard output.</summary>
    public int Write(Invocation run, Func<TextWriter, int> write)
    {
        _ = FigureOption.Read(run); // what is wrong with it is said before anything is computed
        if (Path(run) is not { } path)
        {
            return write(run.Around.Out);
        }

        if (StoreAddress.IsStore(path))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--out is a table, which a job writes: give --input FILE too, without --json, --jsonl, --csv and --figure");
        }

        var code = ExitCode.Ok;
        ToFile(path, () => AtomicFile.Write(path, Force(run), stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
            code = write(writer);
        }));
        return code;
    }

    /// <summary>Lets core write a file, and says what helps where it exists already.</summary>
    public static void ToFile(string path, Action write)
    {
        if (path.Length == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--out is empty: give the name of a file");
        }

        try
        {
            write();
        }
        catch (GptxException error) when (error.ErrorId == "OutputExists")
        {
            throw new GptxException(error.Kind, error.ErrorId, $"{path} exists already: --force replaces it", error);
        }
    }

    private static OutputFormat OfEnding(string path, OutputFormat otherwise) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => OutputFormat.Json,
        ".jsonl" or ".ndjson" => OutputFormat.JsonLines,
        ".csv" => OutputFormat.Csv,
        _ => otherwise,
    };
}
