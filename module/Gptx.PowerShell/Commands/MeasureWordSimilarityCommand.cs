using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Measure-WordSimilarity: how well cosines of word pairs go with what people say (WordSim-353, SimLex-999).</summary>
[Cmdlet(VerbsDiagnostic.Measure, "WordSimilarity")]
[OutputType(typeof(SimilarityScore))]
public sealed class MeasureWordSimilarityCommand : WordBenchmarkCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(Path, () => WriteObject(SimilarityScore.Of(Words(), WordPair.Read(FullPath), Options)));
}
