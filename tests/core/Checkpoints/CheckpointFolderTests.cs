using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_file_is_opened_with_its_settings()
    {
        Save("model.safetensors", "a", "b");
        _folder.Write("config.json", """{"model_type": "gpt2", "eos_token_id": 3}""");
        using (var checkpoint = CheckpointFolder.Open(_folder.Path))
        {
            Assert.Equal("gpt2", checkpoint.Config.ModelType);
            Assert.Equal(["a", "b"], checkpoint.Tensors.Keys);
            Assert.True(checkpoint.TryGetTensor("b", out var tensor));
            Assert.Equal(_folder["model.safetensors"], tensor.FilePath);
            Assert.Equal([3], checkpoint.GenerationConfig.EosTokenIds!);
            Refusal.Expect("TensorNotFound", () => checkpoint.GetTensor("c"));
        }

        _folder.Write("generation_config.json", """{"top_k": 5}""");
        using var again = CheckpointFolder.Open(_folder.Path);
        Assert.Null(again.GenerationConfig.EosTokenIds);
        Assert.Equal(5, again.GenerationConfig.TopK);
    }

    [Fact]
    public void Shards_are_opened_by_their_index()
    {
        Save("model-1.safetensors", "a", "b");
        Save("model-2.safetensors", "c");
        Sharded("""{"weight_map": {"a": "model-1.safetensors", "c": "model-2.safetensors", "b": "model-1.safetensors"}}""");
        using var checkpoint = CheckpointFolder.Open(_folder.Path);
        Assert.Equal(["a", "b", "c"], checkpoint.Tensors.Keys);
        Assert.Equal(2, checkpoint.Files.Count);
        Assert.Equal([1f], checkpoint.GetTensor("c").ReadSingles());
    }

    [Theory]
    [InlineData("IndexInvalid", """{}""")]
    [InlineData("IndexInvalid", """{"weight_map": []}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": 1}}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": "../model-1.safetensors"}}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": "/model-1.safetensors"}}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": "..\\model-1.safetensors"}}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": "C:model-1.safetensors"}}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": ".."}}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": ""}}""")]
    [InlineData("IndexInvalid", """{"weight_map": {"a": "config.json"}}""")]
    [InlineData("FileNotFound", """{"weight_map": {"a": "model-9.safetensors"}}""")]
    [InlineData("IndexMismatch", """{"weight_map": {"a": "model-1.safetensors"}}""")]
    [InlineData("IndexMismatch", """{"weight_map": {"a": "model-1.safetensors", "b": "model-1.safetensors", "z": "model-1.safetensors"}}""")]
    [InlineData("IndexMismatch", """{"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}""")]
    [InlineData("TensorDuplicate", """{"weight_map": {"a": "model-1.safetensors", "a": "model-1.safetensors"}}""")]
    public void An_index_that_lies_is_refused(string errorId, string index)
    {
        Save("model-1.safetensors", "a", "b");
        Save("model-2.safetensors", "c");
        Sharded(index);
        Refusal.Expect(errorId, () => CheckpointFolder.Open(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_no_checkpoint_is_told_apart()
    {
        Refusal.Expect("ModelNotFound", () => CheckpointFolder.Open(_folder["missing"]));
        Refusal.Expect("ModelNotFound", () => CheckpointFolder.Open(_folder.Write("file", "")));
        Refusal.Expect("ConfigNotFound", () => CheckpointFolder.Open(_folder.Path));
        _folder.Write("config.json", "{}");
        Refusal.Expect("WeightsNotFound", () => CheckpointFolder.Open(_folder.Path));
        foreach (var name in (string[])["tf_model.h5", "pytorch_model.bin"])
        {
            _folder.Write(name, "");
            var error = Refusal.Expect("WeightsNotSupported", () => CheckpointFolder.Open(_folder.Path));
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
            Assert.Contains("model.safetensors", error.Message, StringComparison.Ordinal);
        }

        Save("model.safetensors", "a");
        CheckpointFolder.Open(_folder.Path).Dispose();
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model-00001-of-00002.bin")]
    [InlineData("model.bin")]
    [InlineData("consolidated.00.pth")]
    [InlineData("model.pt")]
    public void A_pickle_is_refused_with_the_way_out(string name)
    {
        _folder.Write("config.json", "{}");
        _folder.Write(name, "");
        foreach (var open in (Action[])[() => CheckpointFolder.Open(_folder.Path), () => Gptx.Inference.ModelLocation.Find(_folder[name])])
        {
            var error = Refusal.Expect("WeightsNotSupported", open);
            Assert.Contains(name, error.Message, StringComparison.Ordinal);
            Assert.Contains("save_pretrained", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Links_of_a_hub_cache_are_followed_even_through_a_linked_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        Directory.CreateDirectory(_folder["cache/blobs"]);
        Directory.CreateDirectory(_folder["cache/snapshots/rev"]);
        Directory.CreateDirectory(_folder["elsewhere"]);
        Save("cache/blobs/abc", "a");
        _folder.Write("cache/blobs/def", "{}");
        File.CreateSymbolicLink(_folder["cache/snapshots/rev/model.safetensors"], "../../blobs/abc");
        File.CreateSymbolicLink(_folder["cache/snapshots/rev/config.json"], "../../blobs/def");
        Directory.CreateSymbolicLink(_folder["elsewhere/mine"], _folder["cache/snapshots/rev"]);
        foreach (var path in (string[])["cache/snapshots/rev", "elsewhere/mine"])
        {
            using var checkpoint = CheckpointFolder.Open(_folder[path]);
            Assert.Equal(_folder[path] + "/model.safetensors", checkpoint.Files[0].Path);
            Assert.Equal(new FileInfo(_folder["cache/blobs/abc"]).FullName, checkpoint.Files[0].ResolvedPath);
        }
    }

    [Fact]
    public void Links_that_lead_nowhere_or_in_a_circle_are_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        File.CreateSymbolicLink(_folder["broken"], "missing");
        File.CreateSymbolicLink(_folder["one"], "two");
        File.CreateSymbolicLink(_folder["two"], "one");
        Refusal.Expect("FileNotFound", () => SafetensorsFile.Open(_folder["broken"]));
        Refusal.Expect("FileNotReadable", () => SafetensorsFile.Open(_folder["one"]));
    }

    private void Save(string file, params string[] names)
    {
        var writer = new SafetensorsWriter();
        foreach (var name in names)
        {
            writer.Add(name, [1], new float[] { 1 });
        }

        writer.Save(_folder[file]);
    }

    private void Sharded(string index)
    {
        _folder.Write("config.json", "{}");
        _folder.Write("model.safetensors.index.json", index);
    }
}
