using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Measure-Ablation: what the model loses without each head and each feed-forward layer, over all texts together.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Ablation", DefaultParameterSetName = TextSet)]
[OutputType(typeof(AblationEffect))]
public sealed class MeasureAblationCommand : TextCmdlet
{
    private readonly List<TokenSequence> _texts = [];

    /// <summary>Which blocks, from 0. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BlockCompleter))]
    public int[]? Block { get; set; }

    /// <summary>Which heads of a block, from 0. Default: all, and the feed-forward layers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HeadCompleter))]
    public int[]? Head { get; set; }

    /// <summary>What is put in place of a part: Zero (default), or its Mean over all texts and positions.</summary>
    [Parameter]
    public AblationMethod Method { get; set; }

    /// <inheritdoc/>
    protected override TokenSequence Check(TokenSequence text)
    {
        TokenCheck.Row(text.Ids, Opened.Shape);
        return text;
    }

    /// <inheritdoc/>
    protected override void Take(TextRow row) => _texts.Add(row.Text);

    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(_texts, () =>
    {
        if (_texts.Count == 0)
        {
            return;
        }

        var sites = Ablation.Sites(Opened, Block, Head).Where(site => Head is null || site.Head is not null).ToList();
        var progress = new ProgressLine("Taking parts out of a model", WriteProgress);
        foreach (var (done, effect) in Ablation.Measure(Opened, _texts, sites, Method, cancellation: Cancellation).Index())
        {
            WriteObject(effect);
            progress.Report($"{done + 1} of {sites.Count} parts", (done + 1.0) / sites.Count);
        }

        progress.Complete();
    });
}
