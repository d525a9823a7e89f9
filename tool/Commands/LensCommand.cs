using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Interpretation;
using Gptx.Jobs.Tasks;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx lens: what the model would say at each block.</summary>
internal sealed class LensCommand : GptxCommand
{
    private const int UsualTop = 5;

    private static readonly RecordShape<LensToken> Token = new(
        new("rank", token => token.Rank),
        new("id", token => token.Id),
        new("token", token => token.Token),
        new("probability", token => token.Probability));

    private static readonly RecordShape<LensReading> Shape = new(
        new("text", reading => reading.Text),
        new("index", reading => reading.Index),
        new("layer", reading => reading.Layer),
        new("block", reading => reading.Block),
        new("at", reading => reading.At),
        new("position", reading => reading.Position),
        new("token", reading => reading.Token),
        new("id", reading => reading.Id),
        new("top", reading => Token.List(reading.Top)),
        new("entropy", reading => reading.Entropy),
        new("klFinalToLens", reading => reading.KlFinalToLens),
        new("klLensToFinal", reading => reading.KlLensToFinal),
        new("nextId", reading => reading.NextId),
        new("next", reading => reading.Next),
        new("rankOfNext", reading => reading.RankOfNext),
        new("logProbabilityOfNext", reading => reading.LogProbabilityOfNext),
        new("normApplied", reading => reading.NormApplied),
        new("model", reading => reading.Model));

    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _layers = Numbers.Lists("--layer", "Layers: 0 the embeddings, i what leaves block i - 1; negative from the end (default all).");
    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _positions = Numbers.Lists("--position", "Positions, from 0; negative from the end (default all).");
    private readonly Option<int?> _top = Numbers.Whole("--top", $"How many tokens of each (default {UsualTop}).");
    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public LensCommand()
        : base("lens", "Show what the model would say if each block were its last (logit lens; the final norm is applied).")
    {
        Options.Add(_layers);
        Options.Add(_positions);
        Options.Add(_top);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx lens \"Once upon a time\"",
        "gptx lens \"Once upon a time\" --position -1 --top 10 --json",
        "gptx lens \"Once upon a time\" --csv --out lens.csv",
        "gptx lens \"Once upon a time\" --figure lens.svg",
        "gptx lens --input notes.txt --position -1 --out lens.parquet",
    ];

    public override int Execute(Invocation run) => _job.IsJob(run, _options.Texts, _options.Output)
        ? JobRun.With(run, _options, _job, model => new LensTask(
            model, Numbers.Flat(run.Get(_layers)), Numbers.Flat(run.Get(_positions)), run.Get(_top) ?? UsualTop, _options.Texts.Truncates(run)))
        : Print(run);

    private int Print(Invocation run) => new TextPipeline<LensReading>
    {
        Report = new Report<LensReading> { Shape = Shape, Show = Show, Draw = LensFigure.Of },
        Prepare = _ => (model, texts, first) => texts.SelectMany((text, row) => LogitLens.Of(
            model, text, Numbers.Flat(run.Get(_layers)), Numbers.Flat(run.Get(_positions)), run.Get(_top) ?? UsualTop, first + row, run.Cancellation)),
        IndexOf = reading => reading.Index,
    }.Run(run, _options);

    private static void Show(Screen screen, IReadOnlyList<LensReading> readings)
    {
        foreach (var text in readings.GroupBy(reading => reading.Index))
        {
            screen.Heading(text.First().Text);
            screen.Line(text.First().NormApplied ? "final norm and unembedding applied to each layer" : "unembedding applied to each layer (the model has no final norm)");
            foreach (var position in text.GroupBy(reading => reading.Position))
            {
                var first = position.First();
                screen.Line($"after {VisibleText.OfToken(first.Token)} (position {first.Position}){(first.Next is { } next ? $", next is {VisibleText.OfToken(next)}" : "")}");
                screen.Table(
                    [">layer", "most probable", ">probability", ">entropy", ">KL to final", ">rank of next"],
                    position.Select(reading => (string[])
                    [
                        $"{reading.Layer}",
                        string.Join(' ', reading.Top.Select(token => VisibleText.OfToken(token.Token))),
                        Readable.Percent(reading.Top[0].Probability),
                        Readable.Rough(reading.Entropy),
                        Readable.Rough(reading.KlFinalToLens),
                        $"{reading.RankOfNext}",
                    ]));
            }
        }
    }
}
