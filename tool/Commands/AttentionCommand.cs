using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Inference;
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

    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _blocks = Numbers.Lists("--block", "Blocks, counted from 0 (default all).");
    private readonly Option<IReadOnlyList<IReadOnlyList<int>>> _heads = Numbers.Lists("--head", "Heads, counted from 0 (default all).");
    private readonly CommonOptions _options;

    public AttentionCommand()
        : base("attention", "Show which tokens each token attends to, head by head.")
    {
        Options.Add(_blocks);
        Options.Add(_heads);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx attention \"The king rode out.\" --block 0 --head 0,3",
        "gptx attention \"The king rode out.\" --block 1 --csv --out attention.csv",
        "gptx attention \"The king rode out.\" --block 0 --figure heads.svg",
    ];

    public override int Execute(Invocation run) => new TextPipeline<AttentionMap>
    {
        Report = Report,
        Prepare = _ => (model, texts, first) => AttentionMap.Of(model, texts, Flat(run.Get(_blocks)), Flat(run.Get(_heads)), first, run.Cancellation),
        IndexOf = map => map.Index,
    }.Run(run, _options);

    private static int[] Flat(IReadOnlyList<IReadOnlyList<int>>? lists) => [.. (lists ?? []).SelectMany(list => list)];

    // A line of CSV is one cell of a map: how much the query's token attends to the key's.
    private static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> Cells(AttentionMap map) =>
        map.Pattern.Index().SelectMany(row => row.Item.Index().Select(cell => (KeyValuePair<string, object?>[])
        [
            new("text", map.Text),
            new("index", map.Index),
            new("block", map.Block),
            new("head", map.Head),
            new("query", row.Index),
            new("queryToken", map.Tokens[row.Index]),
            new("key", cell.Index),
            new("keyToken", map.Tokens[cell.Index]),
            new("weight", cell.Item),
            new("model", map.Model),
        ]));
}
