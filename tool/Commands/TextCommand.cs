using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>A command that computes results of each text of its input.</summary>
internal abstract class TextCommand<T> : GptxCommand
{
    protected TextCommand(string name, string description)
        : base(name, description)
    {
        Texts = new TextOptions(this);
        Models = new ModelOptions(this);
        Output = new OutputOptions(this);
    }

    protected TextOptions Texts { get; }

    protected ModelOptions Models { get; }

    protected OutputOptions Output { get; }

    /// <summary>How results are written.</summary>
    protected abstract Report<T> Report(Invocation run);

    /// <summary>The results of texts that follow each other; all of them, before the first is written.</summary>
    protected abstract IReadOnlyList<T> Compute(Invocation run, LanguageModel model, IReadOnlyList<TokenSequence> texts, int firstIndex);

    /// <summary>Which text of the input a result is of.</summary>
    protected abstract int IndexOf(T result);

    public override int Execute(Invocation run)
    {
        var format = Output.Format(run, OutputFormat.JsonLines);
        var rows = Texts.Rows(run);
        return Output.Write(run, writer =>
        {
            using var model = Models.Load(run);
            var results = Report(run).Open(format, writer, run);
            var code = new RowRun(run, model, Texts).Process(rows, group =>
            {
                foreach (var result in Compute(run, model, [.. group.Select(row => row.Tokens)], group[0].Index))
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
