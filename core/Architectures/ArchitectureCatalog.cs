using Gptx.Checkpoints;

namespace Gptx.Architectures;

/// <summary>The architectures that can be run: one line each.</summary>
public static class ArchitectureCatalog
{
    private static readonly IArchitecture[] Known =
    [
        new Gpt2(),
        new GptNeo(),
        new GptNeoX(),
        new GptJ(),
        new Opt(),
        new Llama(),
        new Mistral(),
        new Qwen2(),
        new Qwen3(),
        new Gemma(),
        new Gemma2(),
        new Gemma3Text(),
        new Phi(),
        new Phi3(),
        new Olmo(),
        new Olmo2(),
        new StableLm(),
        new Starcoder2(),
        new SmolLm3(),
        new Granite(),
        new Bert(),
        new Roberta(),
        new Roberta("xlm-roberta", "XLMRoberta"),
        new DistilBert(),
        new MpNet(),
        new Electra(),
        new Albert(),
        new ModernBert(),
    ];

    /// <summary>The model types that can be run.</summary>
    public static IReadOnlyList<string> ModelTypes { get; } = [.. Known.Select(architecture => architecture.ModelType)];

    /// <summary>The architecture of a config.</summary>
    /// <exception cref="GptxException"><c>ArchitectureNotSupported</c>: no architecture has that model type; <c>OptionNotSupported</c>: its weights are quantized in a way that is not known.</exception>
    public static IArchitecture For(ModelConfig config)
    {
        var found = Known.FirstOrDefault(architecture => architecture.ModelType == config.ModelType) ?? throw new GptxException(
            GptxErrorKind.ModelNotLoadable,
            "ArchitectureNotSupported",
            $"{config.Path}: model_type {Excerpt.Of(config.ModelType)} is not supported (nearest is {NearestName.Of(config.ModelType, ModelTypes)}): it may be {string.Join(", ", ModelTypes)}");
        ConfigCheck.NotQuantized(config);
        return found;
    }
}
