using System.Management.Automation;
using Gptx.Inference;
using Gptx.Interpretation;

namespace Gptx.PowerShell;

/// <summary>Get-LogitAttribution: of what parts a logit is the sum; with -Occlusion what each token of the text brings.</summary>
[Cmdlet(VerbsCommon.Get, "LogitAttribution", DefaultParameterSetName = TextSet)]
[OutputType(typeof(LogitAttribution), typeof(OcclusionEffect))]
public sealed class GetLogitAttributionCommand : TextCmdlet
{
    private int? _token;
    private int? _against;

    /// <summary>The next token that is looked at: a text that is one token, or #ID. Default: the most probable.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Token { get; set; }

    /// <summary>The token whose logit is subtracted. Default: the second most probable; with -Token none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Against { get; set; }

    /// <summary>The position whose next token it is; negative from the end. Default -1.</summary>
    [Parameter]
    public int? Position { get; set; }

    /// <summary>Asks the text in place of the model: each token is replaced in turn.</summary>
    [Parameter]
    public SwitchParameter Occlusion { get; set; }

    /// <summary>With -Occlusion: the id that stands in the place of a token. Default 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Replacement { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ForCommand(Token, () =>
        {
            string? wrong = Occlusion ? Against is not null ? "-Against" : Position is not null ? "-Position" : null : Replacement is not null ? "-Replacement" : null;
            if (wrong is not null)
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", $"{wrong} {(Occlusion ? "does not go with" : "goes with")} -Occlusion");
            }

            _token = Token is null ? null : OneToken.Of(Opened, Token);
            _against = Against is null ? null : OneToken.Of(Opened, Against);
        });
    }

    /// <inheritdoc/>
    protected override void Take(TextRow row) => ForRows(row.Target, () =>
    {
        if (Occlusion)
        {
            WriteObject(Interpretation.Occlusion.Of(Opened, row.Text, _token, Replacement ?? 0, row.Index, Cancellation), enumerateCollection: true);
            return;
        }

        var options = new AttributionOptions { Target = _token, Against = _against, Position = Position ?? -1 };
        WriteObject(LogitAttributor.Of(Opened, row.Text, options, row.Index, Cancellation));
    });
}
