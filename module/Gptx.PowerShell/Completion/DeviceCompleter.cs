using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Gptx.PowerShell;

/// <summary>Completes names of devices.</summary>
public sealed class DeviceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.StartingWith(wordToComplete, ["auto", "cpu", "cuda", "cuda:0"]);
}
