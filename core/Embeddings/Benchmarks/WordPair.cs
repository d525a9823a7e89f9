using System.Globalization;
using System.Text;

namespace Gptx.Embeddings;

/// <summary>A pair of words, and how alike people find them.</summary>
/// <param name="First">One word.</param>
/// <param name="Second">The other.</param>
/// <param name="Score">What people said.</param>
public sealed record WordPair(string First, string Second, double Score)
{
    /// <summary>Reads a file with a pair a line: two words and a number, tabs between (spaces do too); lines that begin with # are comments.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>FileNotFound</c>; <c>BenchmarkFileInvalid</c> with the line.</exception>
    public static IReadOnlyList<WordPair> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FileNotFound", $"{path} does not exist");
        }

        var pairs = new List<WordPair>();
        foreach (var (number, line) in File.ReadLines(path, Encoding.UTF8).Index())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var fields = line.Contains('\t', StringComparison.Ordinal) ? line.Split('\t', StringSplitOptions.TrimEntries) : line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            pairs.Add(fields is [var first, var second, var text] && first.Length > 0 && second.Length > 0
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score)
                ? new WordPair(first, second, score)
                : throw Invalid(path, $"line {number + 1} is not two words and a number with tabs between"));
        }

        return pairs.Count > 1 ? pairs : throw Invalid(path, $"it has {pairs.Count} pairs: there must be at least 2");
    }

    private static GptxException Invalid(string path, string what) => new(GptxErrorKind.InvalidArgument, "BenchmarkFileInvalid", $"{path}: {what}");
}
