using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Find-OddWord: the word that is least like the others.</summary>
[Cmdlet(VerbsCommon.Find, "OddWord")]
[OutputType(typeof(OddWord))]
public sealed class FindOddWordCommand : WordTableCmdlet
{
    private readonly List<string> _words = [];

    /// <summary>Words, at least three: strings, or objects with a property Text, Content or Line.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Word")]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>Every word with its score, in place of the odd one alone.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject ?? [null])
        {
            ForRow(item, () => _words.Add(InputText.Of(item, property: null)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var words = Words();
        ForCommand(_words, () => WriteObject(
            OddWord.Among(words, _words).Where(word => All || word.IsOdd), enumerateCollection: true));
    }
}
