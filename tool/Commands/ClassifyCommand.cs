using System.CommandLine;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx classify: the classes of texts.</summary>
internal sealed class ClassifyCommand : GptxCommand
{
    private static readonly RecordShape<TextClass> Shape = new(
        new("text", found => found.Text),
        new("pair", found => found.Pair),
        new("index", found => found.Index),
        new("rank", found => found.Rank),
        new("id", found => found.Id),
        new("label", found => found.Label),
        new("logit", found => found.Logit),
        new("score", found => found.Score),
        new("model", found => found.Model));

    private readonly Option<int?> _top = Numbers.Whole("--top", "How many classes of each text (default all).");
    private readonly Option<string?> _pair = new("--pair") { Description = "A second text that stands behind each text, for models that read two.", HelpName = "TEXT" };
    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public ClassifyCommand()
        : base("classify", "Show the classes of texts, or of pairs of texts, with a model that classifies texts.")
    {
        Options.Add(_top);
        Options.Add(_pair);
        _options = new CommonOptions(this);
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx classify \"What a fine day.\" --model ./sentiment",
        "gptx classify \"A man eats.\" --pair \"Nobody eats.\" --model ./nli --json",
        "gptx classify --input reviews.jsonl --text-field review --top 1 --model ./sentiment --csv",
    ];

    public override int Execute(Invocation run) => _job.IsJob(run, _options.Texts, _options.Output)
        ? JobRun.With(run, _options, _job, model => new ClassifyTask(model, run.Get(_pair), run.Get(_top), _options.Texts.Truncates(run)))
        : Print(run);

    private int Print(Invocation run) => new TextPipeline<TextClass>
    {
        Report = new Report<TextClass> { Shape = Shape, Show = Show },
        Prepare = _ => (model, texts, first) => TextClass.Of(model, texts, run.Get(_pair), run.Get(_top), first, run.Cancellation),
        IndexOf = found => found.Index,
    }.Run(run, _options);

    private static void Show(Screen screen, IReadOnlyList<TextClass> classes)
    {
        foreach (var text in classes.GroupBy(found => found.Index))
        {
            screen.Heading(text.First().Text);
            screen.Table([">rank", "label", ">score", ">logit"], text.Select(found => (string[])[$"{found.Rank}", VisibleText.OneLine(found.Label), Readable.Short(found.Score), Readable.Short(found.Logit)]));
        }
    }
}
