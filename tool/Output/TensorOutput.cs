using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tool.Output;

/// <summary>Activations as tensors in a file: one in an .npy, any number in a .safetensors.</summary>
internal static class TensorOutput
{
    private const string Npy = ".npy";
    private const string Safetensors = ".safetensors";

    public static bool IsTensorFile(string path) => Path.GetExtension(path).ToLowerInvariant() is Npy or Safetensors;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="GptxException"><c>NpyHoldsOne</c>; <c>OutputExists</c>; <c>OutputNotWritable</c>.</exception>
    public static void Write(string path, IReadOnlyList<TextActivation> activations, bool overwrite)
    {
        if (Path.GetExtension(path).Equals(Npy, StringComparison.OrdinalIgnoreCase))
        {
            WriteNpy(path, activations, overwrite);
        }
        else
        {
            WriteSafetensors(path, activations, overwrite);
        }
    }

    private static void WriteNpy(string path, IReadOnlyList<TextActivation> activations, bool overwrite)
    {
        if (activations is not [var only])
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "NpyHoldsOne", $"an .npy file holds one array, and these are {activations.Count}: name one activation of one text, or write .safetensors");
        }

        NpyFile.Write(path, Shape(only), only.Values.AsMemory(), overwrite);
    }

    // The tensors are named as the activations; of several texts the text's index stands before, as in 0.blocks.1.attn.pattern.
    private static void WriteSafetensors(string path, IReadOnlyList<TextActivation> activations, bool overwrite)
    {
        var severalTexts = activations.Select(activation => activation.Index).Distinct().Skip(1).Any();
        var writer = new SafetensorsWriter();
        foreach (var activation in activations)
        {
            writer.Add(severalTexts ? $"{activation.Index}.{activation.Name}" : activation.Name, Shape(activation), activation.Values.AsMemory());
            writer.Metadata["model"] = activation.Model;
            writer.Metadata[severalTexts ? $"{activation.Index}.text" : "text"] = JsonValue.WellFormed(activation.Text);
        }

        writer.Save(path, overwrite);
    }

    private static long[] Shape(TextActivation activation) => [.. activation.Shape.Select(size => (long)size)];
}
