using Gptx.Conversion;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Conversion;

/// <summary>A GGUF file, written as safetensors and as ONNX, computes what it computed.</summary>
[Trait("Category", "Golden")]
public class GgufConversionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_golden_file_keeps_its_numbers()
    {
        var files = Directory.EnumerateFiles(GoldenRoot.Folder("gguf"), "llama-*.gguf").ToList();
        Assert.SkipWhen(files.Count == 0, "no GGUF model");
        foreach (var file in files)
        {
            using var temporary = new TemporaryFolder();
            ModelConverter.Convert(file, temporary["safetensors"], cancellation: Cancellation);
            ModelConverter.Convert(file, temporary["onnx"], new ConversionOptions { Format = ModelFormat.Onnx }, cancellation: Cancellation);
            using var before = LanguageModel.Load(file);
            using var after = LanguageModel.Load(temporary["safetensors"]);
            using var graph = LanguageModel.Load(temporary["onnx"]);
            int[] ids = [5, 3, 8, 1, 9, 2];
            Assert.All(before.Checkpoint.Tensors.Values, tensor => Assert.Equal(tensor.ReadSingles(), after.Checkpoint.GetTensor(tensor.Name).ReadSingles()));
            Closeness.AssertWithin(1e-5, after.NextLogits([ids], Cancellation)[0], before.NextLogits([ids], Cancellation)[0], file);
            Closeness.AssertWithin(1e-4, graph.NextLogits([ids], Cancellation)[0], before.NextLogits([ids], Cancellation)[0], file);
            Assert.Equal(before.ModelType, after.ModelType);
            Assert.Equal(before.Checkpoint.GenerationConfig.EosTokenIds, after.Checkpoint.GenerationConfig.EosTokenIds);
        }
    }
}
