using Gptx.Figures;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Output;

/// <summary>How results of one kind are written in each form.</summary>
internal sealed class Report<T>
{
    /// <summary>The fields in JSON, and in CSV unless <see cref="CsvLines"/> says otherwise.</summary>
    public required RecordShape<T> Shape { get; init; }

    /// <summary>How a person sees all results.</summary>
    public required Action<Screen, IReadOnlyList<T>> Show { get; init; }

    /// <summary>The plain text of a result, for commands whose result is a text.</summary>
    public Action<TextWriter, T>? PlainText { get; init; }

    /// <summary>The lines of CSV that a result becomes, where it is not one line of its fields.</summary>
    public Func<T, IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>>>? CsvLines { get; init; }

    /// <summary>True for commands with one result: its JSON document is an object, not a list.</summary>
    public bool IsSingle { get; init; }

    /// <summary>The figure of all results, for commands that have one.</summary>
    public Func<IReadOnlyList<T>, Figure>? Draw { get; init; }

    /// <summary>Begins to write.</summary>
    public ResultWriter<T> Open(OutputFormat format, TextWriter writer, Invocation run)
    {
        var results = Plain(format, writer, run);
        return Draw is { } draw && FigureOption.Read(run) is { } file ? new FigureKeeper<T>(results, file, draw) : results;
    }

    private ResultWriter<T> Plain(OutputFormat format, TextWriter writer, Invocation run) => format switch
    {
        OutputFormat.Json when IsSingle => new JsonObjectWriter<T>(Shape, writer),
        OutputFormat.Json => new JsonArrayWriter<T>(Shape, writer),
        OutputFormat.JsonLines => new JsonLinesWriter<T>(Shape, writer),
        OutputFormat.Csv => new CsvResultWriter<T>(this, writer),
        OutputFormat.Text => new PlainTextWriter<T>(PlainText!, writer),
        _ => new ScreenWriter<T>(Show, new Screen(run.Around, writer)),
    };

    /// <summary>Writes results that are all there.</summary>
    /// <returns>The exit code.</returns>
    public int WriteAll(Invocation run, OutputFormat format, TextWriter writer, IEnumerable<T> all)
    {
        var results = Open(format, writer, run);
        foreach (var result in all)
        {
            results.Write(result);
        }

        results.Finish();
        return ExitCode.Ok;
    }
}

/// <summary>Takes results as they are made.</summary>
internal abstract class ResultWriter<T>
{
    /// <summary>Takes a result, and the row of the input that it is of.</summary>
    public abstract void Write(T result, TextRow? row = null);

    /// <summary>Sends on what can be shown already.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>There are no more.</summary>
    public virtual void Finish()
    {
    }
}
