using System.CommandLine;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx model info: opens a model, which checks its config, tensors and tokenizer, and says what it is.</summary>
internal sealed class ModelInfoCommand : GptxCommand
{
    private static readonly RecordShape<ModelSummary> Shape = new(
        new("name", model => model.Name),
        new("folder", model => model.Folder),
        new("modelType", model => model.ModelType),
        new("architecture", model => model.Architecture),
        new("parameters", model => model.Parameters),
        new("weightBytes", model => model.WeightBytes),
        new("storedAs", model => model.StoredAs),
        new("computedIn", model => model.ComputedIn),
        new("precision", model => model.Precision),
        new("compute", model => model.Compute),
        new("memoryBytes", model => model.MemoryBytes),
        new("device", model => model.Device),
        new("blocks", model => model.Blocks),
        new("heads", model => model.Heads),
        new("keyValueHeads", model => model.KeyValueHeads),
        new("headWidth", model => model.HeadWidth),
        new("width", model => model.Width),
        new("mlpWidth", model => model.MlpWidth),
        new("vocabularySize", model => model.VocabularySize),
        new("contextLength", model => model.ContextLength),
        new("tensors", model => model.Tensors),
        new("unusedTensors", model => model.UnusedTensors),
        new("files", model => model.Files),
        new("tokenizerSize", model => model.TokenizerSize),
        new("activations", model => model.Activations),
        new("notes", model => model.Notes));

    private readonly Argument<string?> _name = new("MODEL") { Arity = ArgumentArity.ZeroOrOne, Description = "The model; the same as --model." };
    private readonly Option<bool> _parts = new("--parts") { Description = "What it is made of: parameters by what they do, and the longest path through it." };

    private readonly Option<string[]> _beside = new("--beside")
    {
        Description = $"The same, with models of published sizes beside it: {string.Join(", ", PublishedModels.Names)}.",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly ModelOptions _models;
    private readonly OutputOptions _output;

    public ModelInfoCommand()
        : base("info", "Open a model, check its config, tensors and tokenizer, and describe it; nothing is downloaded.")
    {
        _name.CompletionSources.Add(_ => ModelNames.Here());
        Arguments.Add(_name);
        Options.Add(_parts);
        Options.Add(_beside);
        _models = new ModelOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples => ["gptx model info", "gptx model info ./my-model --json", "gptx model info --beside gpt2 --beside gpt3"];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        return run.Get(_parts) || run.Get(_beside) is { Length: > 0 } ? Parts(run, format) : _output.Write(run, writer =>
        {
            using var model = _models.Load(run, run.Get(_name), mayPull: false);
            var results = Properties.Of(Shape).Open(format, writer, run);
            results.Write(ModelSummary.Of(model));
            results.Finish();
            return ExitCode.Ok;
        });
    }

    private int Parts(Invocation run, OutputFormat format)
    {
        var beside = (run.Get(_beside) ?? []).SelectMany(names => names.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(PublishedModels.Find).ToList();
        return _output.Write(run, writer =>
        {
            using var model = _models.Load(run, run.Get(_name));
            var results = AnatomyShape.Report.Open(format, writer, run);
            foreach (var anatomy in beside.Prepend(ModelAnatomy.Of(model)))
            {
                results.Write(anatomy);
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }
}
