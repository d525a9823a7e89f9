using System.CommandLine;
using Gptx.Checkpoints.Hub;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx model pull: brings models from the hub into its cache, which Python uses too.</summary>
internal sealed class ModelPullCommand : GptxCommand
{
    private static readonly Report<PulledModel> Report = new()
    {
        Shape = new(
            new("name", model => model.Name),
            new("revision", model => model.Revision),
            new("commit", model => model.Commit),
            new("path", model => model.Path),
            new("files", model => model.Files),
            new("bytes", model => model.Bytes),
            new("downloadedFiles", model => model.DownloadedFiles),
            new("downloadedBytes", model => model.DownloadedBytes)),
        Show = (screen, all) => screen.Table(
            ["model", "revision", ">size", ">downloaded", "path"],
            all.Select(model => (string[])
            [
                VisibleText.OneLine(model.Name), VisibleText.OneLine(model.Revision), ByteSize.Text(model.Bytes), ByteSize.Text(model.DownloadedBytes), model.Path,
            ])),
    };

    private readonly Argument<string[]> _names = new("MODEL")
    {
        Description = "Models of the hub: org/name, org/name@revision (a branch, tag or commit), org/name:Q4_K_M (one of several files).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "Which of several GGUF or ONNX files: its name, or a part of it such as Q4_K_M.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be downloaded, and download only the lists of files." };
    private readonly HubOptions _hub;
    private readonly OutputOptions _output;

    public ModelPullCommand()
        : base("pull", "Bring models from the hub into its cache, the same that Python uses; what is there already is not downloaded again.")
    {
        _names.CompletionSources.Add(_ => ModelNames.OnHub());
        Arguments.Add(_names);
        Options.Add(_file);
        Options.Add(_dryRun);
        _hub = new HubOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx model pull HuggingFaceTB/SmolLM2-135M-Instruct",
        "gptx model pull sentence-transformers/all-MiniLM-L6-v2@main --json",
        "gptx model pull HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF --file Q4_K_M",
        "gptx model pull openai-community/gpt2 --dry-run",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var models = (run.Get(_names) ?? []).Select(HubModelName.Parse).Select(model => run.Get(_file) is { } file ? model with { Choice = file } : model).ToList();
        return _output.Write(run, writer =>
        {
            using var bar = PullBar.Of(run);
            using var client = new HubClient(_hub.Settings(run), bar.Say);
            var results = Report.Open(format, writer, run);
            foreach (var model in models)
            {
                results.Write(Pull(run, client, model, bar));
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private PulledModel Pull(Invocation run, HubClient client, HubModelName model, PullBar bar)
    {
        var plan = client.PlanAsync(model, ModelPart.Model, run.Cancellation).GetAwaiter().GetResult();
        if (plan.MissingFiles > 0)
        {
            bar.Say(run.Get(_dryRun) ? $"{plan}".Replace("pulling", "would pull", StringComparison.Ordinal) : plan.ToString());
        }

        return run.Get(_dryRun)
            ? new PulledModel(plan.Name, plan.Revision, plan.Commit, plan.Folder, plan.Files.Count, plan.Bytes, 0, 0)
            : client.PullAsync(model, plan, bar, run.Cancellation).GetAwaiter().GetResult();
    }
}
