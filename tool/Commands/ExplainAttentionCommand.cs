using System.CommandLine;
using Gptx.Illustrations;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx explain attention: one head at work, from queries and keys to the weighted sum.</summary>
internal sealed class ExplainAttentionCommand : GptxCommand
{
    private static readonly RecordShape<AttentionExplanation> Shape = new(
        new("text", explained => explained.Text),
        new("index", explained => explained.Index),
        new("block", explained => explained.Block),
        new("head", explained => explained.Head),
        new("keyValueHead", explained => explained.KeyValueHead),
        new("tokens", explained => explained.Tokens),
        new("scale", explained => explained.Scale),
        new("softCap", explained => explained.SoftCap),
        new("window", explained => explained.Window),
        new("isRotated", explained => explained.IsRotated),
        new("queries", explained => explained.Queries),
        new("keys", explained => explained.Keys),
        new("values", explained => explained.Values),
        new("products", explained => explained.Products),
        new("scores", explained => explained.Scores),
        new("pattern", explained => explained.Pattern),
        new("z", explained => explained.Z),
        new("model", explained => explained.Model));

    private readonly Option<int?> _block = Numbers.Whole("--block", "The block, counted from 0 (default 0).");
    private readonly Option<int?> _head = Numbers.Whole("--head", "The head, counted from 0 (default 0).");
    private readonly Option<int?> _query = Numbers.Whole("--query", "The position that looks, on a terminal; negative from the end (default -1).");
    private readonly CommonOptions _options;

    public ExplainAttentionCommand()
        : base("attention", "Walk through one head: queries, keys, scores, mask, softmax, and the sum of values, with the model's own numbers.")
    {
        Options.Add(_block);
        Options.Add(_head);
        Options.Add(_query);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx explain attention \"The king rode out.\" --block 0 --head 0",
        "gptx explain attention \"The king rode out.\" --query 2",
        "gptx explain attention \"The king rode out.\" --block 1 --head 3 --json",
        "gptx explain attention \"The king rode out.\" --figure explained.svg",
    ];

    public override int Execute(Invocation run) => new TextPipeline<AttentionExplanation>
    {
        Report = new Report<AttentionExplanation>
        {
            Shape = Shape,
            CsvLines = Cells,
            Draw = ExplanationFigure.Of,
            Show = (screen, all) =>
            {
                foreach (var explained in all)
                {
                    AttentionWalk.Show(screen, explained, run.Get(_query) ?? -1);
                }
            },
        },
        Prepare = _ => (model, texts, first) => texts.Select((text, row) =>
        {
            TokenPosition.Of(text, run.Get(_query) ?? -1);
            return AttentionExplanation.Of(model, text, run.Get(_block) ?? 0, run.Get(_head) ?? 0, first + row, run.Cancellation);
        }),
        IndexOf = explained => explained.Index,
    }.Run(run, _options);

    // A line of CSV is a pair of tokens.
    private static IEnumerable<IReadOnlyList<KeyValuePair<string, object?>>> Cells(AttentionExplanation explained) =>
        from query in Enumerable.Range(0, explained.Tokens.Count)
        from key in Enumerable.Range(0, explained.Tokens.Count)
        select (KeyValuePair<string, object?>[])
        [
            new("text", explained.Text),
            new("index", explained.Index),
            new("block", explained.Block),
            new("head", explained.Head),
            new("query", query),
            new("queryToken", explained.Tokens[query]),
            new("key", key),
            new("keyToken", explained.Tokens[key]),
            new("product", explained.Products[query][key]),
            new("score", explained.Scores[query][key]),
            new("weight", explained.Pattern[query][key]),
            new("model", explained.Model),
        ];
}
