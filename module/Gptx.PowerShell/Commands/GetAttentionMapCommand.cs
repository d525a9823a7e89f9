using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Get-AttentionMap: what each head of each block looks at.</summary>
[Cmdlet(VerbsCommon.Get, "AttentionMap", DefaultParameterSetName = TextSet)]
[OutputType(typeof(AttentionMap), typeof(AttentionWeight), typeof(AttentionRollout))]
public sealed class GetAttentionMapCommand : BatchCmdlet
{
    /// <summary>Which blocks, from 0. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BlockCompleter))]
    public int[]? Block { get; set; }

    /// <summary>Which heads of a block, from 0. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HeadCompleter))]
    public int[]? Head { get; set; }

    /// <summary>One object a pair of tokens, in place of one a head: rows to sort, group and export.</summary>
    [Parameter]
    public SwitchParameter Flat { get; set; }

    /// <summary>How each position draws on the tokens through all blocks together, up to each -Block (default the last).</summary>
    [Parameter]
    public SwitchParameter Rollout { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Head, () =>
        {
            if (Rollout && (Head is not null || Flat))
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "-Rollout is of all heads together: leave -Head and -Flat out");
            }
        });
    }

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex)
    {
        if (Rollout)
        {
            WriteObject(texts.SelectMany((text, row) => AttentionRollout.Of(Opened, text, Block, firstIndex + row, Cancellation)), enumerateCollection: true);
            return;
        }

        foreach (var map in AttentionMap.Of(Opened, texts, Block, Head, firstIndex, Cancellation))
        {
            if (Flat)
            {
                WriteObject(AttentionWeight.Of(map), enumerateCollection: true);
            }
            else
            {
                WriteObject(map);
            }
        }
    }
}
