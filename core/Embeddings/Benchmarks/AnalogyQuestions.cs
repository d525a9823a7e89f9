using System.Text;

namespace Gptx.Embeddings;

/// <summary>A question of an analogy benchmark: a is to b as c is to d.</summary>
/// <param name="Section">The section it stands in.</param>
/// <param name="A">The first word.</param>
/// <param name="B">What it is to.</param>
/// <param name="C">The third word.</param>
/// <param name="D">The answer.</param>
public sealed record AnalogyQuestion(string Section, string A, string B, string C, string D)
{
    /// <summary>Reads a file in the format of word2vec's <c>questions-words.txt</c>: lines of four words, and before each section a line <c>: name</c>.</summary>
    /// <exception cref="GptxException">InvalidArgument: <c>FileNotFound</c>; <c>BenchmarkFileInvalid</c> with the line.</exception>
    public static IReadOnlyList<AnalogyQuestion> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "FileNotFound", $"{path} does not exist");
        }

        var (questions, section) = (new List<AnalogyQuestion>(), "");
        foreach (var (number, line) in File.ReadLines(path, Encoding.UTF8).Index())
        {
            var fields = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (fields is [[':', ..] first, ..])
            {
                section = string.Join(' ', fields)[1..].Trim();
            }
            else if (fields is [var a, var b, var c, var d])
            {
                questions.Add(new AnalogyQuestion(section, a, b, c, d));
            }
            else if (fields.Length > 0 && fields[0][0] != '#')
            {
                throw new GptxException(
                    GptxErrorKind.InvalidArgument, "BenchmarkFileInvalid", $"{path}: line {number + 1} has {fields.Length} words: a question has 4, a section begins with ':'");
            }
        }

        return questions.Count > 0 ? questions : throw new GptxException(
            GptxErrorKind.InvalidArgument, "BenchmarkFileInvalid", $"{path} has no questions: there must be lines of four words");
    }
}
