using System.CommandLine;
using System.Globalization;
using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx model list: what is in the hub's cache, or which models are well known.</summary>
internal sealed class ModelListCommand : GptxCommand
{
    private static readonly Report<CachedModel> Cached = new()
    {
        Shape = new(
            new("name", model => model.Name),
            new("revisions", model => model.Revisions),
            new("commit", model => model.Commit),
            new("files", model => model.Files),
            new("bytes", model => model.Bytes),
            new("usable", model => model.Usable),
            new("used", model => model.Used.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            new("folder", model => model.Folder)),
        Show = (screen, all) => screen.Table(
            ["model", "revision", "commit", ">files", ">size", "used", ""],
            all.Select(model => (string[])
            [
                model.Name, string.Join(", ", model.Revisions), model.Commit[..8], $"{model.Files}", ByteSize.Text(model.Bytes),
                model.Used.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), model.Usable ? "" : "in part",
            ])),
    };

    private static readonly Report<KnownModel> Known = new()
    {
        Shape = new(
            new("name", model => model.Name),
            new("architecture", model => model.Architecture),
            new("goodFor", model => model.GoodFor),
            new("parameters", model => model.Parameters),
            new("license", model => model.License),
            new("gated", model => model.Gated),
            new("languages", model => model.Languages),
            new("note", model => model.Note),
            new("source", model => model.Source),
            new("checked", model => model.Checked),
            new("cached", model => model.Cached)),
        Show = (screen, all) => screen.Table(
            ["model", "good for", ">parameters", "licence", ""],
            all.Select(model => (string[])
            [
                model.Name, string.Join(", ", model.GoodFor), model.Parameters is { } count ? Millions(count) : "", model.License ?? "",
                string.Join(", ", ((string?[])[model.Cached ? "here" : null, model.Checked ? "checked" : null, model.Gated == true ? "gated" : null]).OfType<string>()),
            ])),
    };

    private readonly Argument<string[]> _words = new("WORD")
    {
        Description = "Only those that have all these words in their name; with --known also in architecture, purpose, licence or note.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _known = new("--known") { Description = "List well-known models of the hub instead, with what they are good for." };
    private readonly Option<bool> _widened = new("--widened") { Description = "List the widened weights of GGUF files that are kept on disk instead (GPTX_CACHE)." };
    private readonly HubOptions _hub;
    private readonly OutputOptions _output;

    public ModelListCommand()
        : base("list", "List the models in the hub's cache, whoever put them there; nothing is asked of the hub.")
    {
        Arguments.Add(_words);
        Options.Add(_known);
        Options.Add(_widened);
        _hub = new HubOptions(this);
        _output = new OutputOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
        ["gptx model list", "gptx model list --json", "gptx model list --known", "gptx model list --known embeddings --csv", "gptx model list --widened"];

    public override int Execute(Invocation run)
    {
        var format = _output.Format(run, OutputFormat.JsonLines);
        var words = run.Get(_words) ?? [];
        var settings = _hub.Settings(run);
        return _output.Write(run, writer =>
        {
            if (run.Get(_known))
            {
                Write(run, Known, format, writer, ModelCatalog.Find(words, settings), "no well-known model has these words: 'gptx model pull org/name' brings any other too");
            }
            else if (run.Get(_widened))
            {
                using var cache = WidenedCache.FromEnvironment(variable: run.Variable);
                var kept = (cache?.List() ?? []).Where(model => Array.TrueForAll(words, word => model.Source.Contains(word, StringComparison.OrdinalIgnoreCase)));
                Write(run, WidenedShape.Kept, format, writer, [.. kept], "no widened weights are kept");
            }
            else
            {
                var found = CachedModels.List(settings).Where(model => Array.TrueForAll(words, word => model.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));
                Write(run, Cached, format, writer, [.. found], $"no models in {settings.Cache}: 'gptx model list --known' names some to pull");
            }

            return ExitCode.Ok;
        });
    }

    private static void Write<T>(Invocation run, Report<T> report, OutputFormat format, TextWriter writer, IReadOnlyList<T> models, string whenNone)
    {
        if (models.Count == 0)
        {
            run.Say(whenNone);
        }

        var results = report.Open(format, writer, run);
        foreach (var model in models)
        {
            results.Write(model);
        }

        results.Finish();
    }

    private static string Millions(long count) => count >= 1_000_000_000 ? $"{count / 1e9:0.0} billion" : $"{count / 1e6:0.#} million";
}
