using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Interpretation;
using Gptx.Jobs.Tasks;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx score: how surprising each token of a text is.</summary>
internal sealed class ScoreCommand : GptxCommand
{
    private readonly Option<int?> _stride = Numbers.Whole("--stride", "Read texts longer than the context in windows that move on by so many tokens.");
    private readonly Option<int?> _begin = Numbers.Whole("--begin", "The id of a token put before the text, so that its first token is scored too.");
    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public ScoreCommand()
        : base("score", "Show how surprising each token of a text is, and the text's perplexity.")
    {
        Options.Add(_stride);
        Options.Add(_begin);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx score \"The king rode out.\"",
        "gptx score --input notes.txt --jsonl",
        "gptx score --input letter.txt --figure letter.html",
        "gptx score --input book.txt --stride 128 --csv --out surprisal.csv",
    ];

    public override int Execute(Invocation run) => _job.IsJob(run, _options.Texts, _options.Output)
        ? JobRun.With(run, _options, _job, model => new ScoreTask(model, new ScoreOptions { Stride = run.Get(_stride), Begin = run.Get(_begin) }, _options.Texts.Truncates(run)))
        : Print(run);

    private int Print(Invocation run) => new TextPipeline<TextScore>
    {
        Report = new Report<TextScore> { Shape = TextScoreShape.Whole, CsvLines = TextScoreShape.TokenLines, Show = Show, Draw = SurprisalFigure.Of },
        Prepare = _ => (model, texts, first) => texts.Select((text, row) => TextScorer.Score(
            model, text, new ScoreOptions { Stride = run.Get(_stride), Begin = run.Get(_begin) }, first + row, run.Cancellation)),
        IndexOf = score => score.Index,
        Room = run.Get(_begin) is null ? 0 : 1,
    }.Run(run, _options);

    private static void Show(Screen screen, IReadOnlyList<TextScore> scores)
    {
        foreach (var score in scores)
        {
            var most = score.Tokens.Max(token => token.Surprisal) ?? 1;
            screen.Heading(score.Text);
            screen.Table(
                [">position", "token", ">rank", ">surprisal", ""],
                score.Tokens.Select(token => (string[])
                [
                    $"{token.Position}",
                    VisibleText.OfToken(token.Token),
                    $"{token.Rank}",
                    Readable.Short(token.Surprisal),
                    Readable.Bar((token.Surprisal ?? 0) / most, Math.Max(8, screen.Width - 54)),
                ]));
            screen.Line($"{score.TokensCounted} tokens, {Readable.Short(score.MeanSurprisal)} nats a token, perplexity {Readable.Short(score.Perplexity)}");
        }
    }
}
