using System.Text.Json;
using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>
/// A direction that is added to the residual stream where it enters a block, at every position, while the model reads and generates (Turner et al.
/// 2023; Rimsky et al. 2024).
/// </summary>
/// <param name="Block">The block, from 0.</param>
/// <param name="Vector">The direction, as wide as the model.</param>
/// <param name="Factor">What it is multiplied by.</param>
public sealed record SteeringVector(int Block, float[] Vector, double Factor)
{
    private const int DeepestJson = 16;

    /// <summary>What is put into the model.</summary>
    public Intervention ToIntervention() => Intervention.Add(ActivationName.ResidPre(Block), Array.ConvertAll(Vector, number => (float)(number * Factor)));

    /// <summary>The hidden state of one text less that of another, where they enter a block: of their last tokens, or the means of all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="toward">The text to steer toward.</param>
    /// <param name="from">The text to steer away from.</param>
    /// <param name="block">The block, from 0.</param>
    /// <param name="factor">What the difference is multiplied by.</param>
    /// <param name="ofMean">Whether means over all tokens are taken, in place of the last token.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>BlockOutOfRange</c>.</exception>
    public static SteeringVector Between(
        LanguageModel model, TokenSequence toward, TokenSequence from, int block, double factor = 1, bool ofMean = false, CancellationToken cancellation = default)
    {
        ModelParts.CheckBlocks(model, [block]);
        var name = ActivationName.ResidPre(block);
        using var values = model.Run([toward.Ids, from.Ids], new ActivationSelection(name), cancellation);
        var (first, second) = (State(values.Row(name, 0), ofMean), State(values.Row(name, 1), ofMean));
        return new SteeringVector(block, [.. first.Zip(second, (left, right) => (float)(left - right))], factor);
    }

    /// <summary>A direction out of a file: a NumPy array <c>.npy</c>, a <c>.safetensors</c> file with one vector or the tensor that is named, or JSON: a list of numbers, or an object with one called <c>vector</c>.</summary>
    /// <param name="model">The model, which says how wide it must be.</param>
    /// <param name="path">The file; of several tensors one is named behind <c>#</c>: <c>directions.safetensors#love</c>.</param>
    /// <param name="block">The block, from 0.</param>
    /// <param name="factor">What it is multiplied by.</param>
    /// <exception cref="GptxException"><c>FileNotFound</c>, <c>VectorFileInvalid</c>, <c>WidthMismatch</c>, <c>VectorNotFinite</c>, <c>BlockOutOfRange</c>, and those of the files.</exception>
    public static SteeringVector Read(LanguageModel model, string path, int block, double factor = 1)
    {
        ModelParts.CheckBlocks(model, [block]);
        var (file, tensor) = path.IndexOf('#', StringComparison.Ordinal) is > 0 and var mark && !File.Exists(path) ? (path[..mark], path[(mark + 1)..]) : (path, null);
        if (!File.Exists(file))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FileNotFound", $"{file} does not exist");
        }

        var vector = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".npy" => FromNpy(file),
            ".safetensors" => FromSafetensors(file, tensor),
            _ => FromJson(file),
        };
        return Of(model, vector, block, factor, file);
    }

    /// <summary>Given numbers as a direction.</summary>
    /// <param name="model">The model, which says how wide it must be.</param>
    /// <param name="vector">The numbers.</param>
    /// <param name="block">The block, from 0.</param>
    /// <param name="factor">What it is multiplied by.</param>
    /// <param name="source">Where the numbers come from, for messages.</param>
    /// <exception cref="GptxException"><c>WidthMismatch</c>, <c>VectorNotFinite</c>, <c>BlockOutOfRange</c>.</exception>
    public static SteeringVector Of(LanguageModel model, float[] vector, int block, double factor = 1, string source = "the direction")
    {
        ModelParts.CheckBlocks(model, [block]);
        if (vector.Length != model.Shape.Width)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "WidthMismatch", $"{source} has {vector.Length} numbers: a direction in {model.Name} has {model.Shape.Width}");
        }

        return Array.TrueForAll(vector, float.IsFinite) ? new SteeringVector(block, vector, factor) : throw new GptxException(
            GptxErrorKind.InvalidArgument, "VectorNotFinite", $"{source} has a number that is NaN or infinite");
    }

    private static double[] State(Activation states, bool ofMean)
    {
        var used = Enumerable.Range(ofMean ? 0 : states.Shape[0] - 1, ofMean ? states.Shape[0] : 1).Select(position => states[position].Values).ToList();
        return [.. Enumerable.Range(0, states.Shape[1]).Select(index => used.Average(state => (double)state.Span[index]))];
    }

    private static float[] FromNpy(string file)
    {
        using var array = NpyFile.Open(file);
        return OneVector(array.Tensor, file);
    }

    private static float[] FromSafetensors(string file, string? name)
    {
        using var tensors = SafetensorsFile.Open(file);
        var found = name is null && tensors.Tensors.Count == 1 ? tensors.Tensors.Values.Single() : name is null ? null : tensors.Tensors.GetValueOrDefault(name);
        return found is null
            ? throw Invalid(file, $"it has {tensors.Tensors.Count} tensors: name one of them behind #, for example {file}#{tensors.Tensors.Keys.FirstOrDefault("vector")}")
            : OneVector(found, file);
    }

    private static float[] OneVector(CheckpointTensor tensor, string file) => tensor.Shape.Count(size => size != 1) <= 1
        ? tensor.ReadSingles()
        : throw Invalid(file, $"its shape is [{string.Join(", ", tensor.Shape)}]: it must be one vector");

    private static float[] FromJson(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions { MaxDepth = DeepestJson });
            var list = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.GetProperty("vector") : json.RootElement;
            return [.. list.EnumerateArray().Select(number => number.GetSingle())];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw Invalid(file, "it must be .npy, .safetensors, or JSON: a list of numbers, or an object with one called 'vector'");
        }
    }

    private static GptxException Invalid(string file, string what) => new(GptxErrorKind.InvalidArgument, "VectorFileInvalid", $"{file}: {what}");
}
