using System.Management.Automation;
using Gptx.Grouping;
using Gptx.Projection;

namespace Gptx.PowerShell;

/// <summary>Group-Vector: vectors in groups (k-means), and the words or lines that stand for each.</summary>
[Cmdlet(VerbsData.Group, "Vector")]
[OutputType(typeof(VectorGroup))]
public sealed class GroupVectorCommand : VectorSetCmdlet
{
    /// <summary>How many groups. Default: of 2 to -MostGroup the number of largest mean silhouette.</summary>
    [Parameter]
    [Alias("GroupCount")]
    public int? Count { get; set; }

    /// <summary>The most groups that are tried without -Count. Default 10.</summary>
    [Parameter]
    public int MostGroup { get; set; } = new GroupingOptions().MostGroups;

    /// <summary>How many texts stand for a group. Default 5.</summary>
    [Parameter]
    public int Representative { get; set; } = new GroupingOptions().Representatives;

    /// <summary>What near means: Cosine (default) or Euclidean.</summary>
    [Parameter]
    public ProjectionMetric Metric { get; set; } = new GroupingOptions().Metric;

    /// <summary>The seed. Default 42; the same seed gives the same groups at any number of threads.</summary>
    [Parameter]
    public ulong Seed { get; set; } = new GroupingOptions().Seed;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Gathered.Count == 0)
        {
            return;
        }

        ForCommand(Gathered, () =>
        {
            var options = new GroupingOptions
            {
                Groups = Count,
                MostGroups = MostGroup,
                Representatives = Representative,
                Metric = Metric,
                Seed = Seed,
                Threads = Threads,
            };
            var grouping = VectorGrouping.Of(Gathered, options, Cancellation);
            WriteVerbose($"mean silhouette {grouping.Silhouette}");
            WriteObject(grouping.Groups, enumerateCollection: true);
        });
    }
}
