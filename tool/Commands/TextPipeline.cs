using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>From texts to results: rows are read, computed some at a time, and written as they are done.</summary>
internal sealed class TextPipeline<T>
{
    /// <summary>The results of texts that follow each other, of which the first has this index; all of them, before one is written.</summary>
    public delegate IEnumerable<T> Computation(LanguageModel model, IReadOnlyList<TokenSequence> texts, int firstIndex);

    public required Report<T> Report { get; init; }

    /// <summary>Makes the computation, once, when the model is open.</summary>
    public required Func<LanguageModel, Computation> Prepare { get; init; }

    /// <summary>Which text of the input a result is of.</summary>
    public required Func<T, int> IndexOf { get; init; }

    /// <summary>The form of the output where nothing says another.</summary>
    public OutputFormat Redirected { get; init; } = OutputFormat.JsonLines;

    /// <summary>Tokens that a text must leave free in the context when it is truncated.</summary>
    public int Room { get; init; }

    /// <summary>Does it all.</summary>
    /// <returns>The exit code.</returns>
    public int Run(Invocation run, CommonOptions options, IEnumerable<TextRow>? rows = null)
    {
        var format = options.Output.Format(run, Redirected);
        rows ??= options.Texts.Rows(run);
        return options.Output.Write(run, writer =>
        {
            using var model = options.Models.Load(run);
            var compute = Prepare(model);
            var results = Report.Open(format, writer, run);
            var runner = new RowRun(run, model, options.Texts) { Truncate = text => text.Truncate(model.Shape.ContextLength - Room, KeptEnd.Start) };
            var code = runner.Process(rows, group =>
            {
                foreach (var result in compute(model, [.. group.Select(row => row.Tokens)], group[0].Index).ToList())
                {
                    results.Write(result, group[IndexOf(result) - group[0].Index].Row);
                }

                results.Flush();
            });
            results.Finish();
            return code;
        });
    }
}
