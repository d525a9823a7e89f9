using System.Text;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

/// <summary>A folder with an input and the outputs of jobs over it.</summary>
internal sealed class JobFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptx-jobs-");

    public string Path(string name) => System.IO.Path.Join(_folder.FullName, name);

    public RowSource Input(string name, string content)
    {
        File.WriteAllText(Path(name), content);
        return RowSource.OfFile(Path(name));
    }

    public RowSource Input(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        return RowSource.OfFile(Path(name));
    }

    /// <summary>Lines of random length, some of them empty.</summary>
    public RowSource Lines(int count, int seed)
    {
        var random = new Random(seed);
        var lines = Enumerable.Range(0, count).Select(_ => new string([.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => (char)random.Next('a', 'z'))]));
        return Input("lines.txt", string.Concat(lines.Select(line => line + "\n")));
    }

    public TextJobOptions Options(RowSource source, string output = "out.jsonl") => new()
    {
        Sources = [source],
        Output = Path(output),
        Threads = 2,
        Limits = new RowLimits(UnitBytes: 512),
    };

    public string Read(string name) => File.ReadAllText(Path(name));

    /// <summary>The bytes of every file, a character each, by its name.</summary>
    public IReadOnlyDictionary<string, string> Files() => Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories)
        .ToDictionary(path => System.IO.Path.GetRelativePath(_folder.FullName, path), path => File.ReadAllText(path, Encoding.Latin1), StringComparer.Ordinal);

    public void Dispose() => _folder.Delete(recursive: true);
}
