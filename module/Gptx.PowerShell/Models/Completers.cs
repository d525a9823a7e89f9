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

/// <summary>Completes names of devices.</summary>
public sealed class DeviceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.StartingWith(wordToComplete, ["auto", "cpu", "cuda", "cuda:0"]);
}

/// <summary>Completes names of activations of the model that the command names.</summary>
public sealed class ActivationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var name = fakeBoundParameters["Model"] as string ?? EnvironmentReport.ModelByDefault;
            using var lease = OpenModels.InProcess.Rent(new ModelKey(name, "auto", 0));
            return Completion.StartingWith(wordToComplete, lease.Model.ActivationNames);
        }
        catch (GptxException)
        {
            // Completion must not fail: a model that cannot be opened has no names to offer.
            return [];
        }
    }
}

/// <summary>What completers share.</summary>
internal static class Completion
{
    /// <summary>The values that begin with what was typed.</summary>
    public static IEnumerable<CompletionResult> StartingWith(string? typed, IEnumerable<string> values) =>
        [.. values.Where(value => value.StartsWith((typed ?? "").Trim('\'', '"'), StringComparison.OrdinalIgnoreCase)).Select(value => new CompletionResult(value))];
}
