using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>From texts to results that need a tokenizer and no weights: rows are read and written one by one.</summary>
internal sealed class TokenizerPipeline<T>
{
    /// <summary>The results of a text.</summary>
    public delegate IEnumerable<T> Computation(ModelTokenizer tokenizer, TokenSequence text, int index);

    public required Report<T> Report { get; init; }

    public required Computation Compute { get; init; }

    /// <summary>The form of the output where nothing says another.</summary>
    public OutputFormat Redirected { get; init; } = OutputFormat.JsonLines;

    /// <summary>Does it all.</summary>
    /// <returns>The exit code.</returns>
    public int Run(Invocation run, CommonOptions options, IEnumerable<TextRow>? rows = null)
    {
        var format = options.Output.Format(run, Redirected);
        rows ??= options.Texts.Rows(run);
        return options.Output.Write(run, writer =>
        {
            var tokenizer = options.Models.LoadTokenizer(run);
            var results = Report.Open(format, writer, run);
            var runner = new RowRun(run, options.Texts, row => row.Ids is { } ids ? tokenizer.Read(ids) : tokenizer.Read(row.Text!))
            {
                Truncate = text => text.Truncate(Context(tokenizer), KeptEnd.Start),
            };
            var code = runner.Process(rows, group =>
            {
                foreach (var row in group)
                {
                    foreach (var result in Compute(tokenizer, row.Tokens, row.Index).ToList())
                    {
                        results.Write(result, row.Row);
                    }
                }

                results.Flush();
            });
            results.Finish();
            return code;
        });
    }

    private static int Context(ModelTokenizer tokenizer) => tokenizer.ContextLength ?? throw new GptxException(
        GptxErrorKind.InvalidArgument, "ContextUnknown", $"--truncate: {tokenizer.Folder} has no config.json that says how long the context is");
}
