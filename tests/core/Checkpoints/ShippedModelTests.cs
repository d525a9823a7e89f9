using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public class ShippedModelTests
{
    [Fact]
    public void The_embedded_model_lies_beside_the_assembly_at_half_precision()
    {
        using var checkpoint = CheckpointFolder.Open(Path.Join(AppContext.BaseDirectory, "models", "default-v1"));
        Assert.Equal("gpt2", checkpoint.Config.ModelType);
        Assert.Equal("float16", checkpoint.Config.GetString("dtype", "torch_dtype"));
        Assert.Equal(6_967_296, checkpoint.Tensors.Values.Sum(tensor => tensor.Count));
        Assert.All(checkpoint.Tensors.Values, tensor => Assert.Equal(ElementType.Float16, tensor.ElementType));
        Assert.All(checkpoint.Tensors.Values, tensor => Assert.All(tensor.ReadSingles(), value => Assert.InRange(value, -4, 4)));
        Assert.Equal("pt", ((SafetensorsFile)checkpoint.Files[0]).Metadata["format"]);
        Assert.Equal([8191], checkpoint.GenerationConfig.EosTokenIds!);
        Assert.Equal(40, checkpoint.GenerationConfig.TopK);
    }
}
