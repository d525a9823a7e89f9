using System.Text.Json;
using System.Text.RegularExpressions;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Architectures;

/// <summary>A checkpoint of random numbers for any config: its tensors are those that the architecture asks for, one after the other.</summary>
internal sealed partial class RandomCheckpoint : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;

    public RandomCheckpoint(IReadOnlyDictionary<string, object?> config, int seed = 1)
    {
        _random = new Random(seed);
        _folder.Write("config.json", JsonSerializer.Serialize(config));
        var tensors = new Dictionary<string, (long[] Shape, float[] Values)>(StringComparer.Ordinal);
        do
        {
            Save(tensors);
        }
        while (FindMissing(tensors));
    }

    public string Folder => _folder.Path;

    public LanguageModel Load() => LanguageModel.Load(Folder, new LoadOptions { Device = Device.Cpu, Threads = 1 });

    /// <summary>Rows of random ids of the given lengths.</summary>
    public int[][] Rows(int vocabulary, params IReadOnlyList<int> lengths) =>
        [.. lengths.Select(length => Enumerable.Range(0, length).Select(_ => _random.Next(vocabulary)).ToArray())];

    public void Dispose() => _folder.Dispose();

    private bool FindMissing(Dictionary<string, (long[] Shape, float[] Values)> tensors)
    {
        using var folder = CheckpointFolder.Open(Folder);
        try
        {
            ArchitectureCatalog.For(folder.Config).Build(folder.Config, new CheckpointTensors(folder.Tensors, Folder));
            return false;
        }
        catch (GptxException error) when (error.ErrorId == "TensorMissing")
        {
            var match = Missing().Match(error.Message);
            long[] shape = [.. match.Groups["shape"].Value.Split(", ").Select(long.Parse)];
            tensors.Add(match.Groups["name"].Value, (shape, Draw(match.Groups["name"].Value, shape)));
            return true;
        }
    }

    private void Save(Dictionary<string, (long[] Shape, float[] Values)> tensors)
    {
        var writer = new SafetensorsWriter();
        writer.Add("left.over", [1], new float[1]);
        foreach (var (name, (shape, values)) in tensors)
        {
            writer.Add(name, shape, values);
        }

        writer.Save(_folder["model.safetensors"], overwrite: true);
    }

    private float[] Draw(string name, long[] shape)
    {
        var isScale = shape.Length == 1 && name.EndsWith("weight", StringComparison.Ordinal);
        var spread = shape.Length == 1 ? 0.3 : 2 / Math.Sqrt(shape[^1]);
        return [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => (float)((isScale ? 1 : 0) + (spread * ((2 * _random.NextDouble()) - 1))))];
    }

    [GeneratedRegex(@"tensor '(?<name>[^']+)' is missing.*\[(?<shape>[\d, ]+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Missing();
}
