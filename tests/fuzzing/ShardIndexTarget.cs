using System.Text.Json.Nodes;
using Gptx.Checkpoints;

namespace Gptx.Fuzzing;

/// <summary>Mutated model.safetensors.index.json beside its shards, with paths that lead elsewhere among the names: each checkpoint is opened.</summary>
public sealed class ShardIndexTarget : IFuzzTarget
{
    private const string IndexName = "model.safetensors.index.json";

    private static readonly string[] Places =
        ["../model.safetensors", "/etc/passwd", "/etc/../model.safetensors", "..", ".", "", "C:\\model.safetensors", "\\\\server\\model.safetensors", "a/model.safetensors", "model.safetensors\0", "model.safetensors:stream", "config.json", "CON.safetensors"];

    private readonly string _folder = FuzzFolder.Make("shards");
    private readonly JsonNode _index;
    private readonly ILookup<string, JsonNode?> _pool;
    private readonly List<string> _texts = [.. Places, .. HostileTexts.All];

    /// <summary>Takes a checkpoint in shards to start from.</summary>
    /// <param name="golden">A folder with a folder for each checkpoint.</param>
    public ShardIndexTarget(string golden)
    {
        string source = Directory.EnumerateFiles(golden, IndexName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new ArgumentException($"No {IndexName} below '{golden}'.", nameof(golden));
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(source)!))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        _index = JsonNode.Parse(File.ReadAllBytes(source))!;
        _pool = _index["weight_map"]!.AsObject().ToLookup(member => member.Key, member => member.Value);
    }

    /// <inheritdoc/>
    public string Name => "shard-index";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(60, 1L << 20);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        byte[] bytes = JsonMutation.Mutate(_index, _pool, random.Next(2) == 0 ? Places : _texts, random);
        return new FuzzCase(bytes, () =>
        {
            File.WriteAllBytes(Path.Combine(_folder, IndexName), bytes);
            using CheckpointFolder checkpoint = CheckpointFolder.Open(_folder);
            if (checkpoint.Files.FirstOrDefault(file => Path.GetDirectoryName(Path.GetFullPath(file.Path)) != _folder) is { } outside)
            {
                throw new InvalidOperationException($"a file outside of the folder was opened: {outside.Path}");
            }
        });
    }
}
