using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Gptx.PowerShell;

/// <summary>Completes names of precisions.</summary>
public sealed class PrecisionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.StartingWith(wordToComplete, ["auto", "fp32", "fp16", "bf16", "int8", "int4"]);
}
