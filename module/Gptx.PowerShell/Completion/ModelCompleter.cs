using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Completes names of models: the embedded one, and paths.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        [.. Completion.StartingWith(wordToComplete, [ModelLocation.Embedded]), .. CompletionCompleters.CompleteFilename(wordToComplete ?? "")];
}
