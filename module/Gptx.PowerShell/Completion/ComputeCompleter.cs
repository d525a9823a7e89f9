using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Gptx.PowerShell;

/// <summary>Completes what quantized weights may be multiplied by.</summary>
public sealed class ComputeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.StartingWith(wordToComplete, ["float32", "int8"]);
}
