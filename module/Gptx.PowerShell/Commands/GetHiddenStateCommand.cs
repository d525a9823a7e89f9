using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Get-HiddenState: the vector of each token between two blocks.</summary>
[Cmdlet(VerbsCommon.Get, "HiddenState", DefaultParameterSetName = TextSet)]
[OutputType(typeof(HiddenState))]
public sealed class GetHiddenStateCommand : BatchCmdlet
{
    /// <summary>Which hidden states: 0 the embeddings, n after the final norm; negative ones count from the end. Default -1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LayerCompleter))]
    public int[] Layer { get; set; } = [-1];

    /// <summary>Which tokens of a text, from 0; negative ones count from the end. Default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[]? Position { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Layer, () => Layer = [.. Layer.Select(Opened.ResolveLayer).Distinct()]);
    }

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex)
    {
        // A sort is stable: within a text the layers stay in the order in which they were asked for.
        var states = Layer
            .SelectMany(layer => HiddenState.Of(Opened, texts, layer, firstIndex, Cancellation))
            .Where(state => IsWanted(state.Position, texts[state.Index - firstIndex].Count))
            .OrderBy(state => state.Index);
        WriteObject(states, enumerateCollection: true);
    }

    private bool IsWanted(int position, int count) => Position is null || Position.Contains(position) || Position.Contains(position - count);
}
