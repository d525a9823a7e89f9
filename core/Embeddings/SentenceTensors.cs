using Gptx.Checkpoints;

namespace Gptx.Embeddings;

/// <summary>The weights of a module of sentence-transformers.</summary>
internal static class SentenceTensors
{
    /// <summary>The file with them.</summary>
    /// <exception cref="GptxException"><c>SentenceModuleNotSupported</c>: there is only a pickle.</exception>
    public static SafetensorsFile Open(string folder)
    {
        var path = Path.Join(folder, "model.safetensors");
        return File.Exists(path) || !File.Exists(Path.Join(folder, "pytorch_model.bin"))
            ? SafetensorsFile.Open(path)
            : throw SentenceRecipe.NotSupported(folder, "pytorch_model.bin is a pickle, which is not read: save the model anew with sentence-transformers, which writes model.safetensors");
    }

    /// <summary>A tensor of the shape that the module's config asks for, in float32.</summary>
    public static float[] Get(SafetensorsFile file, string name, params long[] shape)
    {
        if (!file.TryGetTensor(name, out var tensor))
        {
            throw new GptxException(GptxErrorKind.ModelNotLoadable, "TensorMissing", $"{file.Path}: tensor '{name}' is missing");
        }

        return tensor.Shape.SequenceEqual(shape) ? tensor.ReadSingles() : throw new GptxException(
            GptxErrorKind.ModelNotLoadable,
            "TensorShapeWrong",
            $"{file.Path}: tensor '{name}' has shape [{string.Join(", ", tensor.Shape)}], but its config asks for [{string.Join(", ", shape)}]");
    }
}
