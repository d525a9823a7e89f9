using System.CommandLine;
using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx model remove: takes models out of the hub's cache.</summary>
internal sealed class ModelRemoveCommand : GptxCommand
{
    private static readonly Report<RemovedModel> Report = new()
    {
        Shape = new(
            new("name", model => model.Name),
            new("commits", model => model.Commits),
            new("revisions", model => model.Revisions),
            new("files", model => model.Files),
            new("bytes", model => model.Bytes),
            new("folder", model => model.Folder)),
        Show = (screen, all) => screen.Table(
            ["removed", ">commits", ">files", ">freed"],
            all.Select(model => (string[])[model.Name, $"{model.Commits.Count}", $"{model.Files}", ByteSize.Text(model.Bytes)])),
    };

    private readonly Argument<string[]> _names = new("MODEL")
    {
        Description = "Models in the cache: org/name removes all of it, org/name@revision one commit; with --widened GGUF files, none for all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _widened = new("--widened") { Description = "Remove the widened weights of GGUF files that are kept on disk (GPTX_CACHE); the files themselves stay." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };
    private readonly HubOptions _hub;
    private readonly OutputOptions _output;

    public ModelRemoveCommand()
        : base("remove", "Take models out of the hub's cache, after asking; files that another revision uses stay.")
    {
        _names.CompletionSources.Add(_ => ModelNames.InCache());
        Arguments.Add(_names);
        Options.Add(_widened);
        Options.Add(_yes);
        _hub = new HubOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx model remove openai-community/gpt2",
        "gptx model remove HuggingFaceTB/SmolLM2-135M-Instruct@main --yes --json",
        "gptx model remove --widened --yes",
    ];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var settings = _hub.Settings(run);
        var names = run.Get(_names) ?? [];
        if (run.Get(_widened))
        {
            return RemoveWidened(run, format, names);
        }

        if (names.Length == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "no model is named: give org/name, or --widened for the widened weights of GGUF files");
        }

        var removals = names.Select(name => CacheRemoval.Of(settings, HubModelName.Parse(name))).ToList();
        if (!run.Get(_yes) && !_output.Force(run) && !removals.TrueForAll(removal => IsAgreed(run, removal.Plan.Name, $"{removal.Plan.Files} files, {ByteSize.Text(removal.Plan.Bytes)}", removal.Plan.Folder)))
        {
            run.Say("nothing was removed");
            return ExitCode.Failure;
        }

        return _output.Write(run, writer =>
        {
            var results = Report.Open(format, writer, run);
            foreach (var removal in removals)
            {
                var removed = removal.Remove();
                using var cache = WidenedCache.FromEnvironment(variable: run.Variable);
                cache?.RemoveGone(removed.Folder);
                results.Write(removed);
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private int RemoveWidened(Invocation run, OutputFormat format, string[] names)
    {
        using var cache = WidenedCache.FromEnvironment(variable: run.Variable);
        var kept = cache?.List(names) ?? [];
        if (kept.Count > 0 && !run.Get(_yes) && !_output.Force(run)
            && !IsAgreed(run, "the widened weights", $"{kept.Sum(model => model.Tensors)} tensors of {kept.Count} files, {ByteSize.Text(kept.Sum(model => model.Bytes))}", CacheFolder.Find(run.Variable)!))
        {
            run.Say("nothing was removed");
            return ExitCode.Failure;
        }

        return _output.Write(run, writer =>
        {
            var results = WidenedShape.Kept.Open(format, writer, run);
            foreach (var model in kept)
            {
                results.Write(model with { Bytes = cache!.Remove(model.Source) });
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private static bool IsAgreed(Invocation run, string what, string size, string folder)
    {
        if (run.Around.InIsRedirected || !run.Around.ErrorIsTerminal)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "ConfirmationMissing", $"{what} would be removed, and there is no terminal to ask on: --yes removes it without");
        }

        run.Around.Error.Write($"remove {VisibleText.OneLine(what)} ({size}) from {folder}? [y/N] ");
        run.Around.Error.Flush();
        using var reader = new InterruptibleReader(run.Around.In, run.Cancellation);
        var answer = new System.Text.StringBuilder();
        var letter = new char[1];
        while (reader.Read(letter, 0, 1) == 1 && letter[0] != '\n')
        {
            answer.Append(letter[0]);
        }

        return answer.ToString().Trim().ToUpperInvariant() is "Y" or "YES";
    }
}
