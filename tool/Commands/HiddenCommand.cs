using System.CommandLine;
using Gptx.Inference;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx hidden: the vectors of tokens between blocks.</summary>
internal sealed class HiddenCommand : GptxCommand
{
    private readonly Option<int?> _layer = Numbers.Whole("--layer", "Which hidden state: 0 the embeddings, n after the last of n blocks and the final norm; negative from the end (default -1).");
    private readonly CommonOptions _options;

    public HiddenCommand()
        : base("hidden", "Show the hidden states of texts: a vector a token, between the blocks.")
    {
        Options.Add(_layer);
        FigureOption.AddTo(this);
        _options = new CommonOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx hidden \"The king rode out.\"",
        "gptx hidden \"The king rode out.\" --layer 0 --csv --out hidden.csv",
        "gptx hidden \"The king rode out.\" --figure hidden.svg",
    ];

    public override int Execute(Invocation run) => new TextPipeline<HiddenState>
    {
        Report = VectorShapes.HiddenStates,
        Prepare = _ => (model, texts, first) => HiddenState.Of(model, texts, run.Get(_layer) ?? -1, first, run.Cancellation),
        IndexOf = state => state.Index,
    }.Run(run, _options);
}
