using Gptx.Checkpoints;
using Gptx.Conversion;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Conversion;

public sealed class SafetensorsConversionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Embedded => ModelLocation.EmbeddedFolder;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_is_written_as_it_is_with_its_tokenizer()
    {
        var report = ModelConverter.Convert("embedded", _folder["copy"], cancellation: Cancellation);
        using var before = LanguageModel.Load();
        using var after = LanguageModel.Load(_folder["copy"]);
        Assert.All(before.Checkpoint.Tensors.Values, tensor => Assert.True(after.Checkpoint.GetTensor(tensor.Name).Bytes.SequenceEqual(tensor.Bytes), tensor.Name));
        Assert.Equal(before.RequireTokenizer().EncodeToIds("Once upon a time"), after.RequireTokenizer().EncodeToIds("Once upon a time"));
        Assert.Equal(before.NextLogits([[5, 9]], Cancellation)[0], after.NextLogits([[5, 9]], Cancellation)[0]);
        Assert.Equal(before.Checkpoint.GenerationConfig.EosTokenIds, after.Checkpoint.GenerationConfig.EosTokenIds);
        Assert.Contains("model.safetensors", report.Files);
        Assert.Equal(report.Files.Sum(name => new FileInfo(_folder[$"copy/{name}"]).Length), report.Bytes);
        Assert.Equal(["Float16"], report.StoredAs.Intersect(["Float16"]));
    }

    [Theory]
    [InlineData(WeightType.Float32, 0)]
    [InlineData(WeightType.Float16, 1e-3)]
    [InlineData(WeightType.BFloat16, 1e-2)]
    public void Weights_become_another_type(WeightType type, double error)
    {
        using var source = new RandomGpt2(new Gpt2Recipe());
        ModelConverter.Convert(source.Folder, _folder["other"], new ConversionOptions { StoredAs = type }, cancellation: Cancellation);
        using var before = CheckpointFolder.Open(source.Folder);
        using var after = CheckpointFolder.Open(_folder["other"]);
        Assert.All(after.Tensors.Values, tensor => Assert.Equal(type.ToString(), tensor.ElementType.ToString()));
        Assert.Equal(type.ToString().ToLowerInvariant(), after.Config.GetString("dtype"));
        Assert.All(after.Tensors.Values, tensor => Assert.True(Closeness.Largest(tensor.ReadSingles(), before.GetTensor(tensor.Name).ReadSingles()) <= error, tensor.ToString()));
    }

    [Fact]
    public void Many_weights_are_sharded()
    {
        using var source = new RandomGpt2(new Gpt2Recipe());
        var report = ModelConverter.Convert(source.Folder, _folder["shards"], new ConversionOptions { ShardSize = 5000 }, cancellation: Cancellation);
        using var before = CheckpointFolder.Open(source.Folder);
        using var after = CheckpointFolder.Open(_folder["shards"]);
        Assert.True(after.Files.Count > 3);
        Assert.Equal(before.Tensors.Keys.Order(StringComparer.Ordinal), after.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("model.safetensors.index.json", report.Files);
        Assert.All(after.Files, file => Assert.True(file.Tensors.Count == 1 || file.Tensors.Values.Sum(tensor => tensor.ByteLength) <= 5000));
    }

    [Fact]
    public void A_single_file_has_the_tensors_alone()
    {
        using var source = new RandomGpt2(new Gpt2Recipe());
        var report = ModelConverter.Convert(source.Folder, _folder["alone.safetensors"], cancellation: Cancellation);
        using var file = SafetensorsFile.Open(_folder["alone.safetensors"]);
        Assert.Equal(report.Tensors, file.Tensors.Count);
        Refusal.Expect("FormatMismatch", () => ModelConverter.Convert(source.Folder, _folder["x.safetensors"], new ConversionOptions { Format = ModelFormat.Onnx }));
    }

    [Fact]
    public void What_lies_there_is_replaced_only_when_asked_for_and_only_if_it_is_a_model()
    {
        using var source = new RandomGpt2(new Gpt2Recipe());
        ModelConverter.Convert(source.Folder, _folder["model"], cancellation: Cancellation);
        _folder.Write("model/old.txt", "old");
        Refusal.Expect("OutputExists", () => ModelConverter.Convert(source.Folder, _folder["model"]));
        ModelConverter.Convert(source.Folder, _folder["model"], new ConversionOptions { Overwrite = true }, cancellation: Cancellation);
        Assert.False(File.Exists(_folder["model/old.txt"]));

        Directory.CreateDirectory(_folder["letters"]);
        _folder.Write("letters/dear.txt", "dear");
        Refusal.Expect("OutputNotWritable", () => ModelConverter.Convert(source.Folder, _folder["letters"], new ConversionOptions { Overwrite = true }));
        Refusal.Expect("OutputNotWritable", () => ModelConverter.Convert(source.Folder, source.Folder, new ConversionOptions { Overwrite = true }));
        Refusal.Expect("OutputNotWritable", () => ModelConverter.Convert(source.Folder, _folder["no/where"]));
        Assert.Equal("dear", File.ReadAllText(_folder["letters/dear.txt"]));
    }

    [Fact]
    public void A_conversion_that_is_stopped_or_fails_leaves_nothing_behind()
    {
        using var source = new RandomGpt2(new Gpt2Recipe());
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => ModelConverter.Convert(source.Folder, _folder["stopped"], cancellation: stop.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        Refusal.Expect("ModelNotFound", () => ModelConverter.Convert(_folder["missing"], _folder["other"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }
}
