using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Show-Attention: one head step by step: queries, keys, scores, softmax, and the sum of values, with the model's own numbers.</summary>
[Cmdlet(VerbsCommon.Show, "Attention", DefaultParameterSetName = TextSet)]
[OutputType(typeof(AttentionExplanation), typeof(AttentionStep))]
public sealed class ShowAttentionCommand : TextCmdlet
{
    /// <summary>The block, from 0. Default 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(BlockCompleter))]
    public int Block { get; set; }

    /// <summary>The head, from 0. Default 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(HeadCompleter))]
    public int Head { get; set; }

    /// <summary>Walks through what this position looks at, a step an object, in place of giving all numbers at once; negative from the end.</summary>
    [Parameter]
    public int? Query { get; set; }

    /// <inheritdoc/>
    protected override void Take(TextRow row) => ForRows(row.Target, () =>
    {
        int? query = Query is { } position ? TokenPosition.Of(row.Text, position) : null;
        var explained = AttentionExplanation.Of(Opened, row.Text, Block, Head, row.Index, Cancellation);
        if (query is { } at)
        {
            WriteObject(AttentionStep.Of(explained, at), enumerateCollection: true);
        }
        else
        {
            WriteObject(explained);
        }
    });
}
