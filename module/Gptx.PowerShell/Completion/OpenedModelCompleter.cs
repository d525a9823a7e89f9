using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Completes what only the model that the command names knows; it is opened if it is not open yet, and never downloaded.</summary>
public abstract class OpenedModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var session = Session();
            var preference = Preference.Of(session);
            var named = fakeBoundParameters["Model"] is { } given ? ModelNameAttribute.Name(given) : null;
            var name = ModelPath.Resolve(session.Path, named ?? preference.Model ?? EnvironmentReport.ModelByDefault);
            using var lease = OpenModels.InProcess.Rent(new ModelKey(name, preference.Device ?? "auto", preference.Threads ?? 0));
            return Completion.StartingWith(wordToComplete, Values(lease.Model));
        }
        catch (GptxException)
        {
            // Completion must not fail: a model that cannot be opened has nothing to offer.
            return [];
        }
    }

    /// <summary>The session in which something is typed: completers are told nothing of it.</summary>
    private static SessionState Session()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return (SessionState)shell.AddScript("$ExecutionContext.SessionState").Invoke()[0].BaseObject;
    }

    /// <summary>The values that the model has.</summary>
    protected abstract IEnumerable<string> Values(LanguageModel model);
}

/// <summary>Completes names of activations.</summary>
public sealed class ActivationCompleter : OpenedModelCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Values(LanguageModel model) => model.ActivationNames;
}

/// <summary>Completes blocks: 0 to n - 1.</summary>
public sealed class BlockCompleter : OpenedModelCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Values(LanguageModel model) => Enumerable.Range(0, model.Shape.Blocks).Select(block => $"{block}");
}

/// <summary>Completes heads of a block: 0 to n - 1.</summary>
public sealed class HeadCompleter : OpenedModelCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Values(LanguageModel model) => Enumerable.Range(0, model.Shape.Heads).Select(head => $"{head}");
}

/// <summary>Completes layers, the hidden states between blocks: 0 to n, and -1 for the last.</summary>
public sealed class LayerCompleter : OpenedModelCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Values(LanguageModel model) => Enumerable.Range(0, model.Shape.Blocks + 1).Select(layer => $"{layer}").Append("-1");
}
