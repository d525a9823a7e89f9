using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that reads texts, or rows of token ids, one after another.</summary>
public abstract class TextCmdlet : ModelCmdlet
{
    /// <summary>The parameter set with texts.</summary>
    protected const string TextSet = "Text";

    /// <summary>The parameter set with token ids.</summary>
    protected const string IdSet = "Id";

    private ProgressLine? _progress;
    private int _next;

    /// <summary>Texts: strings, files, or objects with a property Text, Content or Line.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("Text", "Prompt")]
    public PSObject?[] InputObject { get; set; } = [];

    /// <summary>The property of the input objects that holds the text.</summary>
    [Parameter(ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    public virtual string? Property { get; set; }

    /// <summary>Token ids in place of a text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    public int[] Id { get; set; } = [];

    /// <summary>The model; open from the beginning of the command.</summary>
    protected LanguageModel Opened { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing() => Open();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == IdSet)
        {
            Read(Id, () => FromIds(Id));
            return;
        }

        foreach (var item in InputObject ?? [null])
        {
            Read(item, () => Tokenize(InputText.Of(item, Property)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _progress?.Complete();

    /// <summary>Opens what texts are read with.</summary>
    protected virtual void Open() => Opened = OpenModel();

    /// <summary>The tokens of a text.</summary>
    protected virtual TokenSequence Tokenize(string text) => TokenSequence.FromText(Opened, text);

    /// <summary>The tokens of ids.</summary>
    protected virtual TokenSequence FromIds(int[] ids) => TokenSequence.FromIds(Opened, ids);

    /// <summary>Looks whether the model can read a text, before it is run.</summary>
    protected virtual TokenSequence Check(TokenSequence text) => text;

    /// <summary>Takes a text that was read.</summary>
    protected abstract void Take(TextRow row);

    /// <summary>Takes note that a text could not be read; its error comes next.</summary>
    protected virtual void Skip()
    {
    }

    private void Read(object? target, Func<TokenSequence> read)
    {
        var index = _next++;
        TokenSequence text;
        try
        {
            text = Check(read());
        }
        catch (GptxException error)
        {
            Skip();
            Refuse(error, target);
            return;
        }

        Take(new TextRow(text, index, target));
        _progress ??= new ProgressLine(MyInvocation.MyCommand.Name, WriteProgress);
        _progress.Report($"{_next} texts, {_next / _progress.Elapsed.TotalSeconds:0.0} a second");
    }
}

/// <summary>A text in the pipeline.</summary>
/// <param name="Text">Its tokens.</param>
/// <param name="Index">Which text of the input, from 0; those with errors count.</param>
/// <param name="Target">The object it came from.</param>
public sealed record TextRow(TokenSequence Text, int Index, object? Target);
