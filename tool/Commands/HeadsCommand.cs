using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Interpretation;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx heads: what each head looks at, in numbers.</summary>
internal sealed class HeadsCommand : GptxCommand
{
    private static readonly Report<HeadStatistics> Report = new()
    {
        Shape = new(
            new("text", head => head.Text),
            new("index", head => head.Index),
            new("block", head => head.Block),
            new("head", head => head.Head),
            new("entropy", head => head.Entropy),
            new("meanDistance", head => head.MeanDistance),
            new("firstToken", head => head.FirstToken),
            new("previousToken", head => head.PreviousToken),
            new("self", head => head.Self),
            new("induction", head => head.Induction),
            new("duplicateToken", head => head.DuplicateToken),
            new("inductionOn", head => head.InductionOn),
            new("model", head => head.Model)),
        Show = Show,
        Draw = HeadFigure.Of,
    };

    private readonly Option<ulong?> _seed = Numbers.Seed("--seed", "Where the random tokens begin that induction is measured on (default 0).");
    private readonly Option<int?> _repeat = Numbers.Whole("--repeat", $"How many random tokens come twice (default {HeadMeasure.UsualRepeat}).");
    private readonly CommonOptions _options;

    public HeadsCommand()
        : base("heads", "Measure what each head looks at; induction on random tokens that come twice, or on a text that is a row twice.")
    {
        Options.Add(_seed);
        Options.Add(_repeat);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx heads \"The king rode out, and the queen rode home.\"",
        "gptx heads --ids 5,9,14,3,5,9,14,3 --csv",
        "gptx heads --input notes.txt --seed 3 --repeat 40 --jsonl",
        "gptx heads \"The king rode out.\" --figure heads.svg",
    ];

    public override int Execute(Invocation run) => new TextPipeline<HeadStatistics>
    {
        Report = Report,
        Prepare = model =>
        {
            var repeated = HeadMeasure.RandomRepeated(model, run.Get(_seed) ?? 0, run.Get(_repeat) ?? HeadMeasure.UsualRepeat);
            return (_, texts, first) => texts.SelectMany((text, row) => HeadMeasure.Of(model, text, repeated, first + row, run.Cancellation));
        },
        IndexOf = head => head.Index,
    }.Run(run, _options);

    private static void Show(Screen screen, IReadOnlyList<HeadStatistics> heads)
    {
        foreach (var text in heads.GroupBy(head => head.Index))
        {
            screen.Heading(text.First().Text);
            screen.Table(
                [">block", ">head", ">entropy", ">distance", ">first", ">previous", ">self", ">induction", ">duplicate"],
                text.Select(head => (string[])
                [
                    $"{head.Block}",
                    $"{head.Head}",
                    Readable.Rough(head.Entropy),
                    Readable.Rough(head.MeanDistance),
                    Readable.Rough(head.FirstToken ?? double.NaN),
                    Readable.Rough(head.PreviousToken ?? double.NaN),
                    Readable.Rough(head.Self),
                    Readable.Rough(head.Induction ?? double.NaN),
                    Readable.Rough(head.DuplicateToken ?? double.NaN),
                ]));
        }
    }
}
