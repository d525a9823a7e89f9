using System.Text.Json;
using Gptx.Checkpoints;

namespace Gptx.Embeddings;

/// <summary>
/// Vectors of one's own in a file: JSON lines with <c>text</c> and <c>vector</c> (what <c>gptx embed --jsonl</c> writes), CSV (<c>gptx embed --csv</c>, or any table of numbers), a NumPy
/// matrix <c>.npy</c> or the matrix of a <c>.safetensors</c> file, whose rows are called by their numbers, or word vectors (<c>.bin</c>, <c>.vec</c>, <c>.txt</c>, <c>.glove</c>).
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

        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npy" => ReadNpy(path),
            ".csv" => VectorCsv.Read(path),
            ".safetensors" => ReadSafetensors(path),
            ".bin" or ".vec" or ".glove" => ReadWords(path),
            ".txt" when !BeginsAsJson(path) => ReadWords(path),
            _ => ReadLines(path),
        };
    }

    private static IReadOnlyList<LabelledVector> ReadNpy(string path)
    {
        try
        {
            var matrix = NpyMatrix.Read(path);
            return [.. Enumerable.Range(0, matrix.Rows).Select(row => new LabelledVector($"{row}", ToSingles(matrix.Row(row))))];
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.ModelNotLoadable)
        {
            // A damaged file of vectors is not a damaged model.
            throw new GptxException(GptxErrorKind.InvalidArgument, error.ErrorId, error.Message, error);
        }
    }

    private static IReadOnlyList<LabelledVector> ReadSafetensors(string path)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            var matrices = file.Tensors.Values.Where(tensor => tensor.Shape.Count == 2).ToList();
            if (matrices is not [var matrix])
            {
                throw Invalid(path, $"it has {matrices.Count} matrices: there must be one, a vector a row");
            }

            var (values, width) = (matrix.ReadSingles(), (int)matrix.Shape[1]);
            return [.. Enumerable.Range(0, (int)matrix.Shape[0]).Select(row => new LabelledVector($"{row}", values[(row * width)..((row + 1) * width)]))];
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.ModelNotLoadable)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, error.ErrorId, error.Message, error);
        }
    }

    private static IReadOnlyList<LabelledVector> ReadWords(string path)
    {
        var words = WordVectors.Read(path);
        return [.. words.Words.Select((word, row) => new LabelledVector(word, words.Vectors.CopyRow(row), words.Name))];
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
            string? Text(string name) => row.TryGetProperty(name, out var given) ? given.GetString() : null;
            return new LabelledVector(Text("text") ?? $"{number - 1}", vector, Text("model"), Text("label"));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Invalid(path, $"line {number} is not a JSON object with a list of numbers 'vector' and a string 'text'");
        }
    }

    private static bool BeginsAsJson(string path)
    {
        using var reader = new StreamReader(path);
        return reader.Read() == '{';
    }

    private static float[] ToSingles(ReadOnlySpan<double> row)
    {
        var singles = new float[row.Length];
        for (var place = 0; place < row.Length; place++)
        {
            singles[place] = (float)row[place];
        }

        return singles;
    }

    internal static GptxException Invalid(string path, string what) => new(GptxErrorKind.InvalidArgument, "VectorFileInvalid", $"{path}: {what}");
}
