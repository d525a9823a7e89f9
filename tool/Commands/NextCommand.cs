using System.CommandLine;
using Gptx.Generation;
using Gptx.Illustrations;
using Gptx.Jobs.Tasks;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx next: what the model expects after texts.</summary>
internal sealed class NextCommand : GptxCommand
{
    private const int UsualTop = 10;

    private static readonly RecordShape<NextToken> Shape = new(
        new("text", next => next.Text),
        new("index", next => next.Index),
        new("rank", next => next.Rank),
        new("id", next => next.Id),
        new("token", next => next.Token),
        new("logit", next => next.Logit),
        new("probability", next => next.Probability),
        new("logProbability", next => next.LogProbability),
        new("surprisal", next => next.Surprisal),
        new("model", next => next.Model));

    private readonly CommonOptions _options;
    private readonly JobArguments _job;
    private readonly Option<int?> _top = Numbers.Whole("--top", $"How many candidates (default {UsualTop}).");
    private readonly Option<double?> _temperature = Numbers.Real("--temperature", "Divide the logits by it; 1 (default) is the model's own distribution, 0 gives all probability to the first token.");

    public NextCommand()
        : base("next", "Show the most probable next tokens of texts.")
    {
        Options.Add(_top);
        Options.Add(_temperature);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx next \"Once upon a\"",
        "gptx next \"Once upon a\" --top 3 --json",
        "gptx next \"Once upon a\" --top 8192 --figure ranks.html",
        "gptx next --input prompts.jsonl --text-field prompt --id-field id --csv",
    ];

    public override int Execute(Invocation run) => _job.IsJob(run, _options.Texts, _options.Output)
        ? JobRun.With(run, _options, _job, model => new NextTask(model, run.Get(_top) ?? UsualTop, run.Get(_temperature) ?? 1, _options.Texts.Truncates(run)))
        : Print(run);

    private int Print(Invocation run) => new TextPipeline<NextToken>
    {
        Report = new Report<NextToken> { Shape = Shape, Show = Show, Draw = candidates => NextTokenFigure.Of(candidates, run.Get(_temperature)) },
        Prepare = _ => (model, texts, first) =>
            NextToken.Of(model, texts, run.Get(_top) ?? UsualTop, run.Get(_temperature) ?? 1, first, run.Cancellation),
        IndexOf = candidate => candidate.Index,
    }.Run(run, _options);

    private static void Show(Screen screen, IReadOnlyList<NextToken> candidates)
    {
        foreach (var text in candidates.GroupBy(candidate => candidate.Index))
        {
            screen.Heading(text.First().Text);
            var largest = text.Max(candidate => candidate.Probability);
            var width = Math.Max(8, screen.Width - 50);
            screen.Table(
                [">rank", "token", ">id", ">probability", ""],
                text.Select(candidate => (string[])
                [
                    $"{candidate.Rank}",
                    VisibleText.OfToken(candidate.Token),
                    $"{candidate.Id}",
                    Readable.Percent(candidate.Probability),
                    Readable.Bar(candidate.Probability / largest, width),
                ]));
        }
    }
}
