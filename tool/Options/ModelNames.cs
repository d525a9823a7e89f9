using Gptx.Checkpoints.Hub;
using Gptx.Inference;

namespace Gptx.Tool.Options;

/// <summary>Names of models for shells to complete; nothing is asked of the hub.</summary>
internal static class ModelNames
{
    /// <summary>What --model can be without a download: the embedded model, and those in the hub's cache.</summary>
    public static IEnumerable<string> Here() => [ModelLocation.Embedded, .. InCache()];

    /// <summary>Those in the hub's cache.</summary>
    public static IEnumerable<string> InCache()
    {
        try
        {
            return CachedModels.Names(HubSettings.OfProcess());
        }
        catch (GptxException)
        {
            return []; // a variable that is wrong is told when a command runs, not while a person types
        }
    }

    /// <summary>Well-known models of the hub, and those in its cache.</summary>
    public static IEnumerable<string> OnHub() => InCache().Concat(ModelCatalog.All.Select(model => model.Name)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them.</summary>
    public static IEnumerable<string> All() => OnHub().Prepend(ModelLocation.Embedded);
}
