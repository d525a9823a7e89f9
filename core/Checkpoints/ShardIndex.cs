using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>
/// A model.safetensors.index.json: its <c>weight_map</c> says which file (shard) holds which tensor. The names of the shards come from
/// outside, so they may only name files in the index's own folder.
/// </summary>
internal static class ShardIndex
{
    public const string FileName = "model.safetensors.index.json";

    private const int LongestFile = 64 << 20;

    /// <summary>The tensors of each shard, by the shard's file name.</summary>
    public static SortedDictionary<string, HashSet<string>> Read(string path)
    {
        var json = PythonJson.ReadObject(path, LongestFile);
        if (!json.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
        {
            throw CheckpointError.In(path, "IndexInvalid", "there is no object weight_map that says which file holds which tensor");
        }

        var shards = new SortedDictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var entry in map.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String || !IsPlainFileName(entry.Value.GetString()!))
            {
                var problem = $"tensor {Excerpt.Of(entry.Name)} is said to be in {PythonJson.Show(entry.Value)}";
                throw CheckpointError.In(path, "IndexInvalid", $"{problem}; allowed is the name of a .safetensors file beside the index");
            }

            var shard = entry.Value.GetString()!;
            if (!shards.TryGetValue(shard, out var tensors))
            {
                shards.Add(shard, tensors = new HashSet<string>(StringComparer.Ordinal));
            }

            if (!tensors.Add(entry.Name))
            {
                throw CheckpointError.In(path, "TensorDuplicate", $"the name {Excerpt.Of(entry.Name)} is there twice");
            }
        }

        return shards;
    }

    /// <summary>Throws where a shard holds another set of tensors than the index says.</summary>
    public static void Check(string indexPath, SafetensorsFile shard, HashSet<string> expected)
    {
        var file = CheckpointError.OneLine(Path.GetFileName(shard.Path));
        if (expected.FirstOrDefault(name => !shard.Tensors.ContainsKey(name)) is { } missing)
        {
            throw CheckpointError.In(indexPath, "IndexMismatch", $"tensor {Excerpt.Of(missing)} should be in {file}, which does not have it");
        }

        if (shard.Tensors.Keys.FirstOrDefault(name => !expected.Contains(name)) is { } unexpected)
        {
            throw CheckpointError.In(indexPath, "IndexMismatch", $"tensor {Excerpt.Of(unexpected)} is in {file}, where the index does not have it");
        }
    }

    private static bool IsPlainFileName(string name) =>
        name.EndsWith(".safetensors", StringComparison.Ordinal)
        && name.IndexOfAny(['/', '\\', ':', '\0']) < 0
        && !name.Any(char.IsControl);
}
