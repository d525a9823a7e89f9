using System.Globalization;
using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>The classes that a config names in <c>id2label</c>.</summary>
internal static class LabelNames
{
    /// <summary>How many classes there are: as many as are named, else <c>num_labels</c>, else 2.</summary>
    public static int Count(ModelConfig config) => config.FindSection("id2label") is { } names
        ? Math.Max(1, names.Json.EnumerateObject().Count())
        : config.FindSize("num_labels", "_num_labels") ?? 2;

    /// <summary>Their names; <c>LABEL_i</c> for one without.</summary>
    public static IReadOnlyList<string> Read(ModelConfig config, int count)
    {
        var names = config.FindSection("id2label");
        return [.. Enumerable.Range(0, count).Select(id => names?.FindString(id.ToString(CultureInfo.InvariantCulture)) ?? $"LABEL_{id}")];
    }
}
