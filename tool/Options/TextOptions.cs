using System.CommandLine;
using System.CommandLine.Parsing;
using Gptx.Rows;
using Gptx.Tool.Input;

namespace Gptx.Tool.Options;

/// <summary>Where texts come from: arguments, token ids, a file, or standard input.</summary>
internal sealed class TextOptions
{
    private const int UsualBatch = 8;

    private readonly Argument<string[]> _texts;

    private readonly Option<string[]> _input = new("--input")
    {
        Description = "Read texts from a file, a line each; .jsonl, .csv, .tsv and .parquet hold fields, also packed (.gz, .zst). Several times, or a pattern, for several; '-' is standard input.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _ids = Numbers.Lists("--ids", "Token ids in place of a text; repeat it for several.");

    private readonly Option<string?> _textField = new("--text-field")
    {
        Description = "The input's lines are JSON objects, and this field is the text (default: text).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _idField = new("--id-field")
    {
        Description = "The field of the input that becomes rowId in the output.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _keep = new("--keep")
    {
        Description = "Fields of the input that are copied into the output, with commas between them.",
        HelpName = "NAME,...",
    };

    private readonly Option<bool> _truncate = new("--truncate")
    {
        Description = "Cut texts that are longer than the model's context, in place of an error.",
    };

    private readonly Option<int?> _batchSize = Numbers.Whole("--batch-size", $"How many texts are computed together (default {UsualBatch}; GPTX_BATCH_SIZE).");

    /// <summary>Adds the argument and options to a command.</summary>
    public TextOptions(Command command, string name = "TEXT", string description = "Texts; without any they come from --input, or from standard input.")
    {
        _texts = new Argument<string[]>(name) { Arity = ArgumentArity.ZeroOrMore, Description = description };
        command.Arguments.Add(_texts);
        command.Options.Add(_input);
        command.Options.Add(_ids);
        command.Options.Add(_textField);
        command.Options.Add(_idField);
        command.Options.Add(_keep);
        command.Options.Add(_truncate);
        command.Options.Add(_batchSize);
    }

    /// <summary>Whether rows of JSON may be conversations.</summary>
    public Func<Invocation, bool> MayBeChat { get; init; } = _ => false;

    /// <summary>Whether --keep speaks of the input's fields; where it does not, it speaks of those of rows that are searched.</summary>
    public bool KeepsOfInput
    {
        get;
        init
        {
            field = value;
            _keep.Description = value ? _keep.Description : "Fields of the rows that are searched which are copied into the output, with commas between them.";
        }
    }
    = true;

    /// <summary>Whether there is an --input.</summary>
    public bool HasInput(Invocation run) => run.Get(_input) is { Length: > 0 };

    /// <summary>The files of --input.</summary>
    /// <exception cref="GptxException"><c>InputNotReadable</c>, <c>InputTwice</c>.</exception>
    public IReadOnlyList<RowSource> Sources(Invocation run) => RowInputs.Of(run.Get(_input) ?? [], run.Around.InStream);

    /// <summary>The fields that are read of rows.</summary>
    public RowFields Fields(Invocation run) => new(run.Get(_textField), run.Get(_idField), KeepsOfInput ? Kept(run) : []);

    public bool Truncates(Invocation run) => run.Get(_truncate);

    /// <summary>The texts that were written as arguments.</summary>
    /// <exception cref="GptxException"><c>OptionUnknown</c>: one looks like an option and does not stand behind <c>--</c>.</exception>
    public string[] Arguments(Invocation run)
    {
        var texts = run.Get(_texts) ?? [];
        var afterDashes = run.Parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        if (texts.SkipLast(afterDashes).FirstOrDefault(LooksLikeOption) is { } option)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "OptionUnknown", $"there is no option '{option}'; a text that begins with a dash stands behind --");
        }

        return texts;
    }

    /// <summary>The ids that were written with --ids.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Ids(Invocation run) => run.Get(_ids) ?? [];

    public int BatchSize(Invocation run) => BatchSizeAsked(run) ?? UsualBatch;

    /// <summary>The most texts that are computed together, where that is said.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public int? BatchSizeAsked(Invocation run)
    {
        int? size = run.Get(_batchSize) ?? (run.Variable("GPTX_BATCH_SIZE") is { } text ? ModelOptions.FromVariable("GPTX_BATCH_SIZE", text) : null);
        return size is null or >= 1 ? size : throw new GptxException(
            GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"batch-size {size} is not allowed: it must be at least 1");
    }

    /// <summary>Copied fields that the input's rows must be read for.</summary>
    public IReadOnlyList<string> Kept(Invocation run) =>
        run.Get(_keep)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The rows, read as they are needed.</summary>
    /// <exception cref="GptxException"><c>TextMissing</c>: there is no text, and nobody to ask; <c>TextTwice</c>.</exception>
    public IEnumerable<TextRow> Rows(Invocation run)
    {
        var (texts, ids, hasInput) = (Arguments(run), Ids(run), HasInput(run));
        if ((texts.Length > 0 ? 1 : 0) + (ids.Count > 0 ? 1 : 0) + (hasInput ? 1 : 0) > 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextTwice", "texts, --ids and --input exclude each other: give one of them");
        }

        var fromArguments = texts.Length > 0 ? texts.Select((text, index) => new TextRow(Number(index, texts.Length)) { Text = text })
            : ids.Count > 0 ? ids.Select((list, index) => new TextRow(Number(index, ids.Count)) { Ids = list })
            : null;
        var fields = Fields(run);
        if (fromArguments is not null)
        {
            return fields.AreAsked ? throw FieldsNeedJson() : fromArguments;
        }

        if (!hasInput && !run.Around.InIsRedirected)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "TextMissing", $"there is no text: write one after '{run.Parsed.CommandResult.Command.Name}', or give --input FILE");
        }

        IReadOnlyList<RowSource> sources = hasInput ? Sources(run) : [RowSource.OfStream(run.Around.InStream)];
        return RowFile.Read(run, sources, fields, MayBeChat(run), mayBeEmpty: hasInput);
    }

    /// <summary>How many rows there are; null where that shows only as they come, from standard input. A file is read once more to count them.</summary>
    public int? Count(Invocation run) => Arguments(run) is { Length: > 0 } texts ? texts.Length
        : Ids(run) is { Count: > 0 } ids ? ids.Count
        : HasInput(run) && Sources(run).All(source => source is { Path: not null, Format: RowFormat.Text or RowFormat.JsonLines, Compression: RowCompression.None })
            ? Sources(run).Sum(source => File.ReadLines(source.Path!).Count())
        : null;

    private static bool LooksLikeOption(string text) =>
        text.StartsWith('-') && text.TrimStart('-') is [var first, ..] && char.IsAsciiLetter(first) && !text.Any(char.IsWhiteSpace);

    private static int? Number(int index, int count) => count == 1 ? null : index + 1;

    private static GptxException FieldsNeedJson() => new(
        GptxErrorKind.InvalidArgument, "FieldsNeedInput", "--text-field, --id-field and --keep speak of JSON lines: give them with --input or standard input");
}
