using System.Management.Automation;
using Gptx.Tokenization;

namespace Gptx.PowerShell;

/// <summary>Get-Tokenizer: what a tokenizer is, and, with texts, how many letters a token of it holds. No weights are read.</summary>
[Cmdlet(VerbsCommon.Get, "Tokenizer")]
[OutputType(typeof(TokenizerSummary))]
public sealed class GetTokenizerCommand : ModelCmdlet
{
    private readonly List<string> _texts = [];

    /// <summary>Texts to measure: strings, files, or objects with a property Text, Content or Line.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Text")]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The property of the input objects that holds the text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Property { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [])
        {
            ForRow(item, () => _texts.Add(InputText.Of(item, Property)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => ForCommand(Model, () =>
    {
        var opened = OpenTokenizer();
        WriteObject(TokenizerSummary.Of(opened.RequireTokenizer(), opened.Name, opened.File, _texts.Count > 0 ? _texts : null));
    });
}
