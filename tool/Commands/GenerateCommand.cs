using System.CommandLine;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx generate: goes on from prompts.</summary>
internal sealed class GenerateCommand : GptxCommand
{
    private readonly TextOptions _texts;
    private readonly GenerationArguments _arguments;
    private readonly ModelOptions _models;
    private readonly OutputOptions _output;
    private readonly Option<bool> _noPrompt = new("--no-prompt") { Description = "Write the continuation alone, without the prompt before it." };
    private readonly Option<bool> _stream = new("--stream") { Description = "Write text while it is generated, as a terminal always does; with --beams it comes when the search has ended." };

    public GenerateCommand()
        : base("generate", "Generate text that goes on from prompts.")
    {
        _texts = new TextOptions(this, "PROMPT", "Prompts; without any they come from --input, or from standard input.");
        _arguments = new GenerationArguments(this);
        Options.Add(_noPrompt);
        Options.Add(_stream);
        _models = new ModelOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx generate \"Once upon a time\"",
        "gptx generate \"Once upon a time\" --seed 7 --max-tokens 100 --temperature 0.6",
        "gptx generate \"The king said\" --count 3 --stop \"\\n\" --json",
        "gptx generate \"The king said\" --beams 4 --count 4 --length-penalty 1.0 --early-stopping true --jsonl",
        "gptx generate --input prompts.txt --jsonl --out texts.jsonl",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.Text);
        var rows = _texts.Rows(run);
        return _output.Write(run, writer =>
        {
            using var model = _models.Load(run);
            var options = _arguments.Read(run, model);
            var settings = TextGenerator.Settings(model, options);
            if (format == OutputFormat.Table || run.IsVerbose)
            {
                run.Say($"{settings}");
            }

            var page = new GeneratedPage(writer, model, withPrompt: !run.Get(_noPrompt), forTerminal: format == OutputFormat.Table ? run.Around : null);
            var isText = format is OutputFormat.Text or OutputFormat.Table;
            var isLive = isText && settings.Count == 1 && (format == OutputFormat.Table || run.Get(_stream));
            var results = isText ? null : Report.Open(format, writer, run);
            var code = Runner(run, model, settings).Process(rows, group =>
            {
                if (isLive && group is [var only])
                {
                    page.Live(only.Tokens, TextGenerator.Stream(model, [only.Tokens], options, only.Index, run.Cancellation));
                    return;
                }

                foreach (var text in TextGenerator.Generate(model, [.. group.Select(row => row.Tokens)], options, group[0].Index, run.Cancellation))
                {
                    var row = group[text.Index - group[0].Index];
                    results?.Write(text, row.Row);
                    if (isText)
                    {
                        page.Write(row.Tokens, text);
                    }
                }

                results?.Flush();
            });
            results?.Finish();
            return code;
        });
    }

    private static Report<GeneratedText> Report { get; } = new()
    {
        Shape = GeneratedTextShape.Whole,
        CsvLines = GeneratedTextShape.CsvLines,
        Show = (_, _) => { },
    };

    // What is kept of a prompt leaves room for the answer.
    private RowRun Runner(Invocation run, LanguageModel model, SamplingSettings settings) => new(run, model, _texts)
    {
        Truncate = prompt => prompt.Truncate(Math.Max(1, model.Shape.ContextLength - settings.MaxTokens), KeptEnd.End),
    };
}
