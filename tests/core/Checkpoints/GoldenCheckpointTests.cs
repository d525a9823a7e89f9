using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

[Trait("Category", "Golden")]
public class GoldenCheckpointTests
{
    [Fact]
    public void Every_golden_safetensors_file_opens_and_can_be_read()
    {
        foreach (var path in Directory.EnumerateFiles(GoldenRoot.Folder("."), "*.safetensors", SearchOption.AllDirectories))
        {
            using var file = SafetensorsFile.Open(path);
            Assert.All(file.Tensors.Values, tensor => Assert.Equal(tensor.Count, tensor.ElementType.IsFloat() ? tensor.ReadSingles().Length : tensor.ReadInt64s().Length));
        }
    }

    [Fact]
    public void Every_golden_checkpoint_opens_and_its_tensors_fit_its_config()
    {
        foreach (var folder in GoldenRoot.CaseFolders("checkpoints"))
        {
            using var checkpoint = CheckpointFolder.Open(folder);
            var config = checkpoint.Config;
            var vocabulary = config.GetSize("vocab_size");
            var layers = config.GetSize("num_hidden_layers", "n_layer", "n_layers", "num_layers");
            Assert.NotEmpty(config.ModelType);
            Assert.Single(config.Architectures);
            Assert.True(checkpoint.Tensors.Values.Any(tensor => tensor.Shape is [var rows, _] && rows >= vocabulary), $"{folder}: no embedding of {vocabulary} rows");
            Assert.True(config.ModelType == "albert" || checkpoint.Tensors.Keys.Any(name => name.Contains($".{layers - 1}.", StringComparison.Ordinal)), $"{folder}: no block {layers - 1}");
            Assert.All(checkpoint.Tensors.Values, tensor => Assert.Equal(tensor.ByteLength, tensor.Shape.Aggregate((long)tensor.ElementType.SizeInBytes(), (a, b) => a * b)));

            using var golden = SafetensorsFile.Open(Path.Join(folder, "golden.safetensors"));
            Assert.All(golden.GetTensor("plain.input_ids").ReadInt64s(), id => Assert.InRange(id, 0, vocabulary - 1));
        }
    }

    [Fact]
    public void Half_precision_and_shards_hold_what_was_saved_in_them()
    {
        var checkpoints = GoldenRoot.Folder("checkpoints");
        (string Name, ElementType Type, int Files)[] known = [("gpt2", ElementType.Float32, 1), ("gpt2-f16", ElementType.Float16, 1), ("gpt2-bf16-sharded", ElementType.BFloat16, 3)];
        var there = known.Where(known => Directory.Exists(Path.Join(checkpoints, known.Name))).ToList();
        Assert.SkipWhen(there.Count == 0, "The golden root has none of these checkpoints.");
        foreach (var (name, type, files) in there)
        {
            using var checkpoint = CheckpointFolder.Open(Path.Join(checkpoints, name));
            Assert.Equal(files, checkpoint.Files.Count);
            Assert.All(checkpoint.Tensors.Values, tensor => Assert.Equal(type, tensor.ElementType));
            Assert.All(checkpoint.Tensors.Values, tensor => Assert.All(tensor.ReadSingles(), value => Assert.InRange(value, -100, 100)));
            Assert.NotNull(checkpoint.GenerationConfig.EosTokenIds);
        }
    }
}
