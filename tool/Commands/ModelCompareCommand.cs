using System.CommandLine;
using Gptx.Inference;
using Gptx.Inference.Comparison;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx model compare: how far a model is from another, or from itself loaded otherwise.</summary>
internal sealed class ModelCompareCommand : GptxCommand
{
    private readonly Argument<string> _a = new("A") { Description = "The model against which the other is measured." };
    private readonly Argument<string> _b = new("B") { Description = "The other model; the same as A, if it is loaded otherwise (--precision-b, --compute-b)." };

    private readonly Option<string?> _precisionB = new("--precision-b")
    {
        Description = "The precision of B, where it is not that of --precision.",
        HelpName = "TYPE",
    };

    private readonly Option<string?> _computeB = new("--compute-b")
    {
        Description = "What B's quantized weights are multiplied by, where it is not that of --compute.",
        HelpName = "TYPE",
    };

    private readonly Option<int?> _window = Numbers.Whole("--window", "Tokens that are read at once (default 512); longer texts are read in windows that overlap by half.");
    private readonly TextOptions _texts;
    private readonly ModelOptions _models;
    private readonly OutputOptions _output;

    public ModelCompareCommand()
        : base("compare", "Compare two models: perplexity, divergence of their distributions, agreement of the top token, hidden states.")
    {
        Arguments.Add(_a);
        Arguments.Add(_b);
        _texts = new TextOptions(this, description: "Texts; without any a passage of 'Alice's Adventures in Wonderland' is read.");
        Options.Add(_precisionB);
        Options.Add(_computeB);
        Options.Add(_window);
        _models = new ModelOptions(this, named: false);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx model compare ./my-model ./my-model-quantized",
        "gptx model compare ./my-model ./my-model --precision-b int4 --compute-b int8",
        "gptx model compare ./my-model ./my-model.Q4_K_M.gguf --input texts.txt --json",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var options = run.Get(_window) is { } window ? new ComparisonOptions { Window = window } : new ComparisonOptions();
        var rows = HasTexts(run) ? _texts.Rows(run) : [new TextRow(null) { Text = ComparisonText.Default }];
        return _output.Write(run, writer =>
        {
            using var a = _models.Load(run, run.Get(_a));
            using var b = _models.Load(run, run.Get(_b), precision: run.Get(_precisionB), compute: run.Get(_computeB));
            var reader = a.Tokenizer is null && b.Tokenizer is not null ? b : a;
            using var bar = WorkBar.Of(run);
            var comparison = ModelComparer.Compare(a, b, [.. rows.Select(row => Read(reader, row))], options, bar, run.Cancellation);
            var results = ComparisonShape.Report.Open(format, writer, run);
            results.Write(comparison);
            results.Finish();
            return ExitCode.Ok;
        });
    }

    private bool HasTexts(Invocation run) => _texts.Arguments(run).Length > 0 || _texts.Ids(run).Count > 0 || _texts.HasInput(run);

    private static TokenSequence Read(LanguageModel model, TextRow row)
    {
        if (row.Error is { } error)
        {
            throw error;
        }

        return row.Ids is { } ids ? TokenSequence.FromIds(model, ids) : TokenSequence.FromText(model, row.Text!);
    }
}
