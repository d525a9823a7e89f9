using System.Management.Automation;
using Gptx.Analyses;
using Gptx.Rows;

namespace Gptx.PowerShell;

/// <summary>Measure-TextDrift: whether the texts of one side are other than those of another, and which kinds grew or shrank.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "TextDrift")]
[OutputType(typeof(TextDrift))]
public sealed class MeasureTextDriftCommand : EmbeddingCmdlet
{
    /// <summary>What is compared with: a file of texts or of vectors; or texts, or objects with a property Text or Vector.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("ReferenceObject")]
    public PSObject[] Reference { get; set; } = [];

    /// <summary>What is compared: the same.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [Alias("DifferenceObject")]
    public PSObject[] Difference { get; set; } = [];

    /// <summary>The property or field that holds the text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <summary>The property or field that names a row: it becomes RowId.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IdProperty { get; set; }

    /// <summary>The most rows of a side that are looked at. Default 2000.</summary>
    [Parameter]
    public int Sample { get; set; } = new DriftOptions().Sample;

    /// <summary>Permutations of the test. Default 999.</summary>
    [Parameter]
    public int Permutation { get; set; } = new DriftOptions().Permutations;

    /// <summary>Groups that rows are put into, to say which grew or shrank. Default 8; 0 for none.</summary>
    [Parameter]
    public int GroupCount { get; set; } = new DriftOptions().Groups;

    /// <summary>How many texts stand for a group. Default 3.</summary>
    [Parameter]
    public int Representative { get; set; } = new DriftOptions().Representatives;

    /// <summary>The seed. Default 42; the same seed and rows give the same result.</summary>
    [Parameter]
    public ulong Seed { get; set; } = new DriftOptions().Seed;

    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(Difference, () =>
    {
        var options = new DriftOptions
        {
            Sample = Sample,
            Permutations = Permutation,
            Groups = GroupCount,
            Representatives = Representative,
            Seed = Seed,
            Normalize = Normalize,
            Threads = Threads,
        };
        options.Validate();
        using var progress = new WorkProgressLine("Measuring drift", WriteProgress);
        var (reference, difference) = (Read(Reference, "the reference"), Read(Difference, "the difference"));
        var vectors = reference.Vectors ?? difference.Vectors;
        if (reference.Vectors is not null && difference.Vectors is not null)
        {
            WriteObject(DriftMeasure.Of(reference.Vectors, difference.Vectors, options, progress, Cancellation));
            return;
        }

        // Texts are embedded as the vectors of the other side were.
        if (vectors?.Origin.RequireModel(vectors.Name, OpenModel()) == false)
        {
            WriteVerbose($"{vectors.Name} does not say which model its vectors are of: they are compared with vectors of {Model}");
        }

        DriftSide Side((string Name, IVectorRows? Vectors, IEnumerable<AnalysedText>? Texts) rows, int side) => rows.Vectors is not null
            ? DriftSide.Of(rows.Vectors, options, side, progress, Cancellation)
            : DriftSide.OfTexts(rows.Name, rows.Texts!, texts => Embedded(texts, vectors), options, side, Fail, progress, Cancellation);
        WriteObject(DriftMeasure.Of(Side(reference, 0), Side(difference, 1), options, progress, Cancellation));
    });

    private (string Name, IVectorRows? Vectors, IEnumerable<AnalysedText>? Texts) Read(PSObject[] items, string name)
    {
        if (VectorInput.File(items, GetUnresolvedProviderPathFromPSPath) is { } path)
        {
            return VectorRows.AreIn(path)
                ? (name, VectorRows.Open(path, [], MaxMemory), null)
                : (Path.GetFileName(path), null, AnalysedText.Of(RowInputs.Of([path], () => Stream.Null), new RowFields(Property, IdProperty, []), new RowLimits(GroupBytes: MaxMemory), Cancellation));
        }

        var rows = new PipelineRows();
        foreach (var item in items)
        {
            rows.Add(item, Property, IdProperty, []);
        }

        return rows.AreVectors ? (name, rows.Rows, null) : (name, null, rows.Texts);
    }
}
