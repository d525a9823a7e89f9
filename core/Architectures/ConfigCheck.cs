using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>Checks of a config that every architecture makes; each failure is one line that names the key, the value and what is allowed.</summary>
internal static class ConfigCheck
{
    /// <summary>One value must divide another.</summary>
    public static void Divides(ModelConfig config, string key, int value, string ofKey, int of)
    {
        if (of % value != 0)
        {
            throw Wrong(config, $"{key} {value} does not divide {ofKey} {of}");
        }
    }

    /// <summary>An option that must not be on.</summary>
    public static void NotTrue(ModelConfig config, string key, string message)
    {
        if (config.FindBoolean(key) == true)
        {
            throw NotSupported(config, message);
        }
    }

    /// <summary>The class named by <c>architectures</c> must be one of those that can be run; none named is fine.</summary>
    public static void OneOf(ModelConfig config, params IReadOnlyList<string> supported)
    {
        if (config.Architectures.Count > 0 && !config.Architectures.Any(supported.Contains))
        {
            throw NotSupported(config, $"architecture {Excerpt.Of(config.Architectures[0])} is not supported: it may be {string.Join(", ", supported)}");
        }
    }

    /// <summary>An option that is known and not supported.</summary>
    public static GptxException NotSupported(ModelConfig config, string message) =>
        new(GptxErrorKind.ModelNotLoadable, "OptionNotSupported", $"{config.Path}: {message}");

    private static GptxException Wrong(ModelConfig config, string message) =>
        new(GptxErrorKind.ModelNotLoadable, "ConfigInvalid", $"{config.Path}: {message}");
}
