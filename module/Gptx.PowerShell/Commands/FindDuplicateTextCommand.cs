using System.Management.Automation;
using Gptx.Analyses;
using Gptx.Checkpoints;

namespace Gptx.PowerShell;

/// <summary>Find-DuplicateText: groups of texts that are the same, or nearly; with -Unique the input without them.</summary>
[Cmdlet(VerbsCommon.Find, "DuplicateText", DefaultParameterSetName = InputSet)]
[OutputType(typeof(DuplicateGroup), typeof(PSObject))]
public sealed class FindDuplicateTextCommand : AnalysisCmdlet
{
    /// <summary>Texts whose vectors have at least this cosine are duplicates. Default 0.95.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double Threshold { get; set; } = new DuplicateOptions().Threshold;

    /// <summary>Finds only texts that are the same, character by character; no model is needed.</summary>
    [Parameter]
    public SwitchParameter Exact { get; set; }

    /// <summary>Writes the input's objects without duplicates, of each group the first, in place of the groups.</summary>
    [Parameter(ParameterSetName = InputSet)]
    public SwitchParameter Unique { get; set; }

    /// <summary>Writes the rows of the files without duplicates into a file, as they stand there.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = StoredSet)]
    [ValidateNotNullOrEmpty]
    public string? UniquePath { get; set; }

    /// <summary>Replaces the file of -UniquePath if it exists.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = StoredSet)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(InputObject, () =>
    {
        if (UniquePath is not null)
        {
            DistinctFile.RequireKnown(Sources!);
        }

        using var found = Find();
        if (Unique)
        {
            var compared = 0;
            foreach (var item in Objects.Where((_, row) => !HasFailed(row + 1)))
            {
                if (found.IsFirst(compared++))
                {
                    WriteObject(item);
                }
            }

            return;
        }

        foreach (var group in found.Groups)
        {
            WriteObject(group with { Members = [.. group.Members] });
        }

        WriteVerbose($"{found.Rows} rows: {found.GroupCount} groups of duplicates, {found.Distinct} rows without them");
        Copy(found);
    });

    private Duplicates Find()
    {
        using var progress = new WorkProgressLine("Finding duplicates", WriteProgress);
        var options = new DuplicateOptions { Threshold = Threshold, MaxMemory = MaxMemory, Threads = Threads };
        return Exact ? DuplicateSearch.OfTexts(Texts(), options, Fail, progress, Cancellation) : DuplicateSearch.Of(Rows(), options, progress, Cancellation);
    }

    private void Copy(Duplicates found)
    {
        if (UniquePath is not null)
        {
            // Rows that failed were compared with nothing, and stay.
            var compared = 0;
            AtomicFile.Write(GetUnresolvedProviderPathFromPSPath(UniquePath), Force, stream => DistinctFile.Copy(
                Sources!, Fields, number => HasFailed(number + 1) || found.IsFirst(compared++), stream, Cancellation));
        }
    }
}
