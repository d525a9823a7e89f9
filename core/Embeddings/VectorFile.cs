using System.Text.Json;
using Gptx.Checkpoints;

namespace Gptx.Embeddings;

/// <summary>
/// Vectors of one's own in a file: JSON lines with <c>text</c> and <c>vector</c> (what <c>gptx embed --jsonl</c> writes), or a NumPy
/// matrix <c>.npy</c>, whose rows are called by their numbers.
/// </summary>
public static class VectorFile
{
    private const int DeepestJson = 16;

    /// <summary>Reads a file of vectors.</summary>
    /// <exception cref="GptxException"><c>FileNotFound</c>, <c>VectorFileInvalid</c> with the line that is wrong.</exception>
    public static IReadOnlyList<LabelledVector> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FileNotFound", $"{path} does not exist");
        }

        return path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) ? ReadNpy(path) : ReadLines(path);
    }

    private static List<LabelledVector> ReadNpy(string path)
    {
        using var file = NpyFile.Open(path);
        if (file.Tensor.Shape is not [var rows, var width])
        {
            throw Invalid(path, $"the array has {file.Tensor.Shape.Count} dimensions: it must be a matrix, a vector a row");
        }

        var values = file.Tensor.ReadSingles();
        return [.. Enumerable.Range(0, (int)rows).Select(row => new LabelledVector($"{row}", values[(int)(row * width)..(int)((row + 1) * width)]))];
    }

    private static List<LabelledVector> ReadLines(string path)
    {
        var vectors = new List<LabelledVector>();
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                vectors.Add(ReadLine(path, number + 1, line));
            }
        }

        return vectors;
    }

    private static LabelledVector ReadLine(string path, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = DeepestJson });
            var row = json.RootElement;
            float[] vector = [.. row.GetProperty("vector").EnumerateArray().Select(value => value.GetSingle())];
            var text = row.TryGetProperty("text", out var given) ? given.GetString() : null;
            var model = row.TryGetProperty("model", out var name) ? name.GetString() : null;
            return new LabelledVector(text ?? $"{number - 1}", vector, model);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Invalid(path, $"line {number} is not a JSON object with a list of numbers 'vector' and a string 'text'");
        }
    }

    private static GptxException Invalid(string path, string what) => new(GptxErrorKind.InvalidArgument, "VectorFileInvalid", $"{path}: {what}");
}
