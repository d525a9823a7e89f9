using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Embeddings;

/// <summary>How a GGUF file says that a text becomes a vector (<c>pooling_type</c>), made to length 1 as llama.cpp's embeddings are.</summary>
internal static class GgufPooling
{
    /// <summary>The recipe; null where the file says nothing, or no pooling.</summary>
    public static SentenceRecipe? Of(LanguageModel model, GgufMetadata metadata)
    {
        TextPooling? pooling = metadata.FindInt64($"{metadata.FindString("general.architecture")}.pooling_type") switch
        {
            1 => TextPooling.Mean,
            2 => TextPooling.Cls,
            3 => TextPooling.Last,
            _ => null,
        };
        return pooling is { } known
            ? new SentenceRecipe([known], IncludesPrompt: true, [vector => UnitVector.Of(vector)], model.Shape.ContextLength, LowerCase: false, new Dictionary<string, string>(StringComparer.Ordinal), DefaultPrompt: null)
            : null;
    }
}
