using Gptx.Checkpoints;

namespace Gptx.Embeddings;

/// <summary>The pooling modes of a sentence-transformers <c>Pooling</c> module, whose vectors stand side by side.</summary>
internal static class SentencePooling
{
    private static readonly (string Key, string Name, TextPooling Pooling)[] Modes =
    [
        ("pooling_mode_cls_token", "cls", TextPooling.Cls),
        ("pooling_mode_max_tokens", "max", TextPooling.Max),
        ("pooling_mode_mean_tokens", "mean", TextPooling.Mean),
        ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens", TextPooling.MeanSqrtLength),
        ("pooling_mode_weightedmean_tokens", "weightedmean", TextPooling.WeightedMean),
        ("pooling_mode_lasttoken", "lasttoken", TextPooling.Last),
    ];

    /// <summary>The modes that are on; the mean where the config names none at all.</summary>
    /// <exception cref="GptxException"><c>SentenceModuleNotSupported</c>.</exception>
    public static List<TextPooling> Read(ModelConfig config)
    {
        IReadOnlyList<string>? names = config.Json.TryGetProperty("pooling_mode", out var mode) && mode.ValueKind == System.Text.Json.JsonValueKind.String
            ? [mode.GetString()!]
            : config.FindStrings("pooling_mode");
        if (names is not null && names.FirstOrDefault(name => !Modes.Any(known => known.Name == name)) is { } unknown)
        {
            throw SentenceRecipe.NotSupported(config.Path, $"pooling_mode {Excerpt.Of(unknown)} is not supported: it may be {string.Join(", ", Modes.Select(known => known.Name))}");
        }

        // A list of names is in the order of the vectors; switches have an order of their own. The mean is on where nothing is said, as the class of the reference has it.
        var isSilent = !Modes.Any(known => config.Contains(known.Key));
        List<TextPooling> on = names is not null
            ? [.. names.Select(name => Modes.First(known => known.Name == name).Pooling)]
            : [.. Modes.Where(known => config.FindBoolean(known.Key) ?? (isSilent && known.Name == "mean")).Select(known => known.Pooling)];
        return on.Count > 0 ? on : throw SentenceRecipe.NotSupported(config.Path, "no pooling mode is on: at least one must be");
    }
}
