using System.Management.Automation;
using Gptx.Generation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Invoke-TextGeneration: continues texts; with -Stream piece by piece, as they are made.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "TextGeneration", DefaultParameterSetName = TextSet)]
[OutputType(typeof(GeneratedText), typeof(GenerationPiece))]
public sealed class InvokeTextGenerationCommand : GenerationCmdlet
{
    /// <summary>One object a token, as soon as it is made, in place of one a continuation.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <inheritdoc/>
    protected override void Run(IReadOnlyList<TokenSequence> texts, int firstIndex)
    {
        if (!Stream)
        {
            WriteObject(TextGenerator.Generate(Opened, texts, Options, firstIndex, Cancellation), enumerateCollection: true);
            return;
        }

        foreach (var step in TextGenerator.Stream(Opened, texts, Options, firstIndex, Cancellation))
        {
            WriteObject(new GenerationPiece(
                texts[step.Index - firstIndex].Label,
                step.Index,
                step.Continuation,
                step.Token.Position,
                step.Text,
                step.Token.Token,
                step.Token.Id,
                step.Token.LogProbability,
                step.Token.Rank,
                step.Finished?.FinishReason,
                Opened.Name));
        }
    }
}
