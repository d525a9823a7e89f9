using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>Find-WordAnalogy: the words nearest to a sum of words, for example king - man + woman.</summary>
[Cmdlet(VerbsCommon.Find, "WordAnalogy", DefaultParameterSetName = ExpressionSet)]
[OutputType(typeof(NearWord))]
public sealed class FindWordAnalogyCommand : WordSearchCmdlet
{
    private const string ExpressionSet = "Expression";
    private const string WordSet = "Word";
    private int _next;

    /// <summary>Words with + or - between them, for example 'king - man + woman'.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true, ParameterSetName = ExpressionSet)]
    [ValidateNotNullOrEmpty]
    public string[] Expression { get; set; } = [];

    /// <summary>Words to add.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WordSet)]
    [ValidateNotNullOrEmpty]
    [Alias("Positive")]
    public string[] Plus { get; set; } = [];

    /// <summary>Words to take away.</summary>
    [Parameter(ParameterSetName = WordSet)]
    [Alias("Negative")]
    public string[] Minus { get; set; } = [];

    /// <summary>How words are scored: Add is 3CosAdd (default), Mul is 3CosMul.</summary>
    [Parameter]
    public AnalogyMethod Method { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == WordSet)
        {
            Find(Plus, () => (Plus, Minus));
            return;
        }

        // Without quotes PowerShell hands the words and signs over one by one.
        string[] expressions = Expression.Any(part => part is "+" or "-") ? [string.Join(' ', Expression)] : Expression;
        foreach (var expression in expressions)
        {
            Find(expression, () => WordAnalogy.Parse(expression));
        }
    }

    private void Find(object target, Func<(IReadOnlyList<string> Plus, IReadOnlyList<string> Minus)> words)
    {
        var index = _next++;
        var search = Search(Model);
        ForRow(target, () =>
        {
            var (plus, minus) = words();
            var found = WordAnalogy.Find(search, plus, minus, Top, Metric, includeSelf: IncludeSelf, method: Method, cancellation: Cancellation);
            WriteObject(found.Select(word => word with { Index = index }), enumerateCollection: true);
        });
    }
}
