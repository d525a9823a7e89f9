using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Interpretation;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx ablate: what the model loses without each of its heads and feed-forward layers.</summary>
internal sealed class AblateCommand : GptxCommand
{
    private static readonly Report<AblationEffect> Report = new()
    {
        Shape = new(
            new("block", effect => effect.Block),
            new("head", effect => effect.Head),
            new("method", effect => effect.Method),
            new("loss", effect => effect.Loss),
            new("lossBefore", effect => effect.LossBefore),
            new("increase", effect => effect.Increase),
            new("klDivergence", effect => effect.KlDivergence),
            new("texts", effect => effect.Texts),
            new("tokensCounted", effect => effect.TokensCounted),
            new("model", effect => effect.Model)),
        Show = Show,
        Draw = InterventionFigure.Of,
    };

    private readonly Option<AblationMethod?> _method = Choice.Of<AblationMethod>("--method", "What is put in place of a part: zero (default), or its mean over all texts and positions.");
    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _blocks = Numbers.Lists("--block", "Blocks, counted from 0 (default all).");
    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _heads = Numbers.Lists("--head", "Heads, counted from 0 (default all, and the feed-forward layers).");
    private readonly CommonOptions _options;

    public AblateCommand()
        : base("ablate", "Measure what the model loses without each head and each feed-forward layer, over all texts together.")
    {
        Options.Add(_method);
        Options.Add(_blocks);
        Options.Add(_heads);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx ablate \"The king rode out, and the queen rode home.\"",
        "gptx ablate --input notes.txt --method mean --csv",
        "gptx ablate \"The king rode out.\" --block 1 --head 0,1 --json",
        "gptx ablate \"The king rode out.\" --figure ablation.svg",
    ];

    public override int Execute(Invocation run)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        return _options.Output.Write(run, writer =>
        {
            using var model = _options.Models.Load(run);
            var (code, texts) = GatheredTexts.Of(run, model, _options.Texts);
            var heads = Numbers.Flat(run.Get(_heads));
            var sites = Ablation.Sites(model, Numbers.Flat(run.Get(_blocks)), heads).Where(site => heads.Length == 0 || site.Head is not null).ToList();
            using var progress = RowProgress.Of(run, sites.Count, "parts");
            var results = Report.Open(format, writer, run);
            foreach (var (index, effect) in Ablation.Measure(model, texts, sites, run.Get(_method) ?? AblationMethod.Zero, cancellation: run.Cancellation).Index())
            {
                results.Write(effect);
                results.Flush();
                progress.Report(index + 1);
            }

            results.Finish();
            return code;
        });
    }

    private static void Show(Screen screen, IReadOnlyList<AblationEffect> effects)
    {
        screen.Line($"mean surprisal of the whole model: {Readable.Short(effects[0].LossBefore)} nats over {effects[0].TokensCounted} tokens; each part replaced by {(effects[0].Method == AblationMethod.Zero ? "0" : "its mean")}");
        var largest = effects.Max(effect => Math.Abs(effect.Increase ?? 0));
        screen.Table(
            [">block", "part", ">loss", ">increase", ">KL", ""],
            effects.Select(effect => (string[])
            [
                $"{effect.Block}",
                effect.Head is { } head ? $"head {head}" : "feed-forward",
                Readable.Short(effect.Loss),
                Readable.Short(effect.Increase),
                Readable.Short(effect.KlDivergence),
                AttributionPicture.Signed(screen, (effect.Increase ?? 0) / Math.Max(largest, 1e-30), taken: 64),
            ]));
    }
}
