using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Gptx.Checkpoints.Hub;

namespace Gptx.PowerShell;

/// <summary>Completes names of models on the hub: well-known ones, and those in its cache.</summary>
public sealed class HubModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.StartingWith(wordToComplete, HubNames.All());
}

/// <summary>Completes names of models in the hub's cache.</summary>
public sealed class CachedModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.StartingWith(wordToComplete, HubNames.InCache());
}

/// <summary>Names of models for completers; nothing is asked of the hub.</summary>
internal static class HubNames
{
    public static IEnumerable<string> InCache()
    {
        try
        {
            return CachedModels.Names(HubSettings.OfProcess());
        }
        catch (GptxException)
        {
            return []; // completion must not fail
        }
    }

    public static IEnumerable<string> All() => InCache().Concat(ModelCatalog.All.Select(model => model.Name)).Distinct(StringComparer.OrdinalIgnoreCase);
}
