using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Measure-WordAnalogy: how many analogies of a file in the format of questions-words.txt come out right, section by section.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "WordAnalogy")]
[OutputType(typeof(AnalogyScore))]
public sealed class MeasureWordAnalogyCommand : WordBenchmarkCmdlet
{
    /// <summary>How words are scored: Add is 3CosAdd (default), Mul is 3CosMul.</summary>
    [Parameter]
    public AnalogyMethod Method { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(Path, () =>
    {
        var questions = AnalogyQuestion.Read(FullPath);
        WriteObject(AnalogyScore.Of(Words(), questions, Options with { Method = Method }, cancellation: Cancellation), enumerateCollection: true);
    });
}
