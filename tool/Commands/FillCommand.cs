using System.CommandLine;
using Gptx.Jobs.Tasks;
using Gptx.Prediction;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx fill: what a model puts into the blanks of texts.</summary>
internal sealed class FillCommand : GptxCommand
{
    private const int UsualTop = 5;

    private static readonly RecordShape<MaskedToken> Shape = new(
        new("text", token => token.Text),
        new("index", token => token.Index),
        new("blank", token => token.Blank),
        new("position", token => token.Position),
        new("rank", token => token.Rank),
        new("id", token => token.Id),
        new("token", token => token.Token),
        new("logit", token => token.Logit),
        new("probability", token => token.Probability),
        new("filled", token => token.Filled),
        new("model", token => token.Model));

    private readonly Option<int?> _top = Numbers.Whole("--top", $"How many candidates for each blank (default {UsualTop}).");
    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public FillCommand()
        : base("fill", "Show the most probable tokens for the blanks of texts, with a model that fills masks.")
    {
        Options.Add(_top);
        _options = new CommonOptions(this, description: "Texts with a blank or several, each written [MASK] or as the model writes it; without any they come from --input, or from standard input.");
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx fill \"The [MASK] sat on the [MASK].\" --model ./bert-base-uncased",
        "gptx fill --input lines.txt --top 1 --model ./roberta-base --csv",
    ];

    public override int Execute(Invocation run) => _job.IsJob(run, _options.Texts, _options.Output)
        ? JobRun.With(run, _options, _job, model => new FillTask(model, run.Get(_top) ?? UsualTop, _options.Texts.Truncates(run)))
        : Print(run);

    private int Print(Invocation run) => new TextPipeline<MaskedToken>
    {
        Report = new Report<MaskedToken> { Shape = Shape, Show = Show },
        Prepare = _ => (model, texts, first) => MaskedToken.Of(model, texts, run.Get(_top) ?? UsualTop, first, run.Cancellation),
        IndexOf = token => token.Index,
    }.Run(run, _options);

    private static void Show(Screen screen, IReadOnlyList<MaskedToken> candidates)
    {
        foreach (var text in candidates.GroupBy(candidate => candidate.Index))
        {
            screen.Heading(text.First().Text);
            screen.Table(
                [">blank", ">rank", "token", ">probability", "filled"],
                text.Select(candidate => (string[])
                [
                    $"{candidate.Blank}",
                    $"{candidate.Rank}",
                    VisibleText.OfToken(candidate.Token),
                    Readable.Percent(candidate.Probability),
                    VisibleText.Shorten(VisibleText.OneLine(candidate.Filled), Math.Max(20, screen.Width - 50)),
                ]));
        }
    }
}
