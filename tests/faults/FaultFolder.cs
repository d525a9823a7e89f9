using System.Globalization;
using System.Text;

namespace Gptx.Faults;

/// <summary>A folder with an input whose rows are mostly good, and the outputs of jobs over it.</summary>
internal sealed class FaultFolder : IDisposable
{
    private static readonly string[] Words = "the king rode out a cat sat on mat once upon time there was tree house small big dog ran".Split(' ');

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptx-faults-");

    /// <summary>Makes an empty folder.</summary>
    public string Empty(string name) => _folder.CreateSubdirectory(name).FullName;

    /// <summary>JSON lines with ids: texts of 1 to 12 words, and a row in twenty that is bad in one of several ways.</summary>
    public string Input(int rows, int seed)
    {
        var path = Path.Join(_folder.FullName, "rows.jsonl");
        if (!File.Exists(path))
        {
            var random = new Random(seed);
            using var file = File.Create(path);
            for (var row = 0; row < rows; row++)
            {
                file.Write(Encoding.Latin1.GetBytes($"{Row(row, random)}\n"));
            }
        }

        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static string Row(int row, Random random) => random.Next(100) switch
    {
        0 => "{\"id\":\"r1\",\"text\":\"an id that was there before\"}",
        1 => string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"r{row}\",\"text\":null}}"),
        2 => "{\"id\":1,\"text\":",
        3 => string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"r{row}\",\"text\":\"\u00ff is no UTF-8\"}}"),
        4 => string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"r{row}\",\"text\":\"\"}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"r{row}\",\"text\":\"{Text(random)}\"}}"),
    };

    private static string Text(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 13)).Select(_ => Words[random.Next(Words.Length)]));
}
