using System.Management.Automation;
using Gptx.Illustrations;

namespace Gptx.PowerShell;

/// <summary>Export-Figure: draws objects of other cmdlets - attention maps, surprisal, next tokens, vectors, projections - into a file.</summary>
[Cmdlet(VerbsData.Export, "Figure", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFigureCommand : GptxCmdlet
{
    private readonly List<object> _results = [];
    private FigureFile? _file;

    /// <summary>Objects of one kind, as another cmdlet wrote them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The file to make; it ends with .svg, .html (values at the pointer, zoom) or, for matrices, .png.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>A title in place of the figure's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Replaces the file if it exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        ForCommand(Path, () => _file = Open(path));
        _file = ShouldProcess(path, "Draw a figure") ? _file : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _results.AddRange((InputObject ?? []).Select(item => item?.BaseObject).OfType<object>());

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_file is null)
        {
            return;
        }

        ForCommand(Path, () =>
        {
            var figure = Illustration.Of(FigureInput.Of(_results));
            _file.Save(Title is null ? figure : figure with { Title = Title });
            WriteObject(new FileInfo(_file.Path));
        });
    }

    private FigureFile Open(string path)
    {
        try
        {
            return FigureFile.Of(path, Force);
        }
        catch (GptxException error) when (error.ErrorId == "OutputExists")
        {
            throw new GptxException(error.Kind, error.ErrorId, $"{path} exists already: -Force replaces it", error);
        }
    }
}
