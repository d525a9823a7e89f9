using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx attention: what each head looks at.</summary>
internal sealed class AttentionCommand : GptxCommand
{
    private static readonly Report<AttentionMap> Report = new()
    {
        Shape = new(
            new("text", map => map.Text),
            new("index", map => map.Index),
            new("block", map => map.Block),
            new("head", map => map.Head),
            new("tokens", map => map.Tokens),
            new("pattern", map => map.Pattern),
            new("model", map => map.Model)),
        CsvLines = Cells,
        Show = AttentionPicture.Show,
        Draw = AttentionFigure.Of,
    };

    private static readonly Report<AttentionRollout> RolloutReport = new()
    {
        Shape = new(
            new("text", rollout => rollout.Text),
            new("index", rollout => rollout.Index),
            new("block", rollout => rollout.Block),
            new("tokens", rollout => rollout.Tokens),
            new("pattern", rollout => rollout.Pattern),
            new("model", rollout => rollout.Model)),
        CsvLines = Cells,
        Show = AttentionPicture.Show,
        Draw = RolloutFigure.Of,
    };

    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _blocks = Numbers.Lists("--block", "Blocks, counted from 0 (default all).");
    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _heads = Numbers.Lists("--head", "Heads, counted from 0 (default all).");
    private readonly Option<bool> _rollout = new("--rollout") { Description = "How each position draws on the tokens through all blocks together, up to each --block (default the last)." };
    private readonly CommonOptions _options;

    public AttentionCommand()
        : base("attention", "Show which tokens each token attends to, head by head.")
    {
        Options.Add(_blocks);
        Options.Add(_heads);
        Options.Add(_rollout);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx attention \"The king rode out.\" --block 0 --head 0,3",
        "gptx attention \"The king rode out.\" --block 1 --csv --out attention.csv",
        "gptx attention \"The king rode out.\" --rollout",
        "gptx attention \"The king rode out.\" --block 0 --figure heads.svg",
    ];

    public override int Execute(Invocation run) => !run.Get(_rollout) ? Maps(run)
        : run.Get(_heads) is { Count: > 0 } ? throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--rollout is of all heads together: leave --head out")
        : Rollouts(run);

    private int Rollouts(Invocation run) => new TextPipeline<AttentionRollout>
    {
        Report = RolloutReport,
        Prepare = _ => (model, texts, first) => texts.SelectMany((text, row) => AttentionRollout.Of(model, text, Numbers.Flat(run.Get(_blocks)), first + row, run.Cancellation)),
        IndexOf = rollout => rollout.Index,
    }.Run(run, _options);

    private int Maps(Invocation run) => new TextPipeline<AttentionMap>
    {
        Report = Report,
        Prepare = _ => (model, texts, first) => AttentionMap.Of(model, texts, Numbers.Flat(run.Get(_blocks)), Numbers.Flat(run.Get(_heads)), first, run.Cancellation),
        IndexOf = map => map.Index,
    }.Run(run, _options);

    // A line of CSV is one cell of a map: how much the query's token attends to the key's.
    private static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> Cells(AttentionMap map) => Cells(
        map.Pattern, map.Tokens, [new("text", map.Text), new("index", map.Index), new("block", map.Block), new("head", map.Head)], map.Model);

    private static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> Cells(AttentionRollout rollout) => Cells(
        rollout.Pattern, rollout.Tokens, [new("text", rollout.Text), new("index", rollout.Index), new("block", rollout.Block)], rollout.Model);

    private static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> Cells(
        float[][] pattern, IReadOnlyList<string> tokens, KeyValuePair<string, object?>[] before, string model) =>
        pattern.Index().SelectMany(row => row.Item.Index().Select(cell => (KeyValuePair<string, object?>[])
        [
            .. before,
            new("query", row.Index),
            new("queryToken", tokens[row.Index]),
            new("key", cell.Index),
            new("keyToken", tokens[cell.Index]),
            new("weight", cell.Item),
            new("model", model),
        ]));
}
