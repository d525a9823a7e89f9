using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that runs a benchmark of word vectors.</summary>
public abstract class WordBenchmarkCmdlet : WordTableCmdlet
{
    /// <summary>The benchmark's file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Only the first so many words take part, as question and as answer. Default 300000.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int RestrictVocabulary { get; set; } = new BenchmarkOptions().RestrictVocabulary;

    /// <summary>Takes words as they are written, upper and lower case apart.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>What has an unknown word counts, as wrong or as cosine 0, in place of being left out.</summary>
    [Parameter]
    [Alias("Dummy4Unknown")]
    public SwitchParameter CountUnknown { get; set; }

    /// <summary>The benchmark's file, resolved.</summary>
    protected string FullPath => GetUnresolvedProviderPathFromPSPath(Path);

    /// <summary>Which words take part.</summary>
    protected BenchmarkOptions Options => new() { RestrictVocabulary = RestrictVocabulary, IgnoreCase = !CaseSensitive, CountUnknown = CountUnknown };
}
