using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Graphs;
using Gptx.Graphs.Proto;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Graphs;

public class OnnxModelTests
{
    [Fact]
    public void Only_what_is_asked_for_is_computed()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Blocks = 4 });
        using var model = checkpoint.Load();
        var embed = model.ToOnnx(new ActivationSelection("embed"));
        var first = model.ToOnnx(new ActivationSelection("blocks.0.attn.q"));
        var logits = model.ToOnnx(new ActivationSelection("logits"));
        var all = model.ToOnnx(ActivationSelection.All);
        Assert.InRange(embed.NodeCount, 2, 6);
        Assert.Equal(["transformer.wte.weight"], embed.Weights);
        Assert.Equal(["embed"], embed.Outputs);
        Assert.Equal(["input_ids"], embed.Inputs);
        Assert.InRange(first.NodeCount, embed.NodeCount + 1, 20);
        Assert.Equal(6, first.Weights.Count);
        Assert.Equal(["logits"], logits.Outputs);
        Assert.DoesNotContain("Softmax", Types(logits));
        Assert.Equal(4, Types(logits).Count(type => type == "Attention"));
        Assert.Equal(4, Types(all).Count(type => type == "Softmax"));
        Assert.DoesNotContain("Attention", Types(all));
        Assert.Equal(model.ActivationNames, all.Outputs);
        Assert.True(logits.NodeCount < all.NodeCount / 2, $"{logits.NodeCount} of {all.NodeCount} nodes for logits alone");
    }

    [Fact]
    public void Only_the_block_that_is_looked_into_is_written_out()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Blocks = 4 });
        using var model = checkpoint.Load();
        var types = Types(model.ToOnnx(new ActivationSelection("blocks.1.attn.pattern", "logits"))).ToList();
        Assert.Equal((3, 1), (types.Count(type => type == "Attention"), types.Count(type => type == "Softmax")));
        var early = model.ToOnnx(new ActivationSelection("blocks.1.attn.pattern"));
        Assert.DoesNotContain(early.Weights, name => name.Contains(".h.2.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ElementType.Float32, DataType.Float32)]
    [InlineData(ElementType.Float16, DataType.Float16)]
    [InlineData(ElementType.BFloat16, DataType.BFloat16)]
    public void Weights_point_into_the_checkpoints_own_file(ElementType stored, DataType type)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { StoredAs = stored });
        using var model = checkpoint.Load();
        var onnx = model.ToOnnx(new ActivationSelection("logits"));
        var proto = Parse(onnx);
        var external = proto.Graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External).ToList();
        Assert.Equal(onnx.Weights.Order(StringComparer.Ordinal), external.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.Equal(model.UsedTensors.Order(StringComparer.Ordinal), onnx.Weights.Order(StringComparer.Ordinal));
        foreach (var tensor in external)
        {
            var place = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
            var weight = model.Checkpoint.Tensors[tensor.Name];
            Assert.Equal("model.safetensors", place["location"]);
            Assert.Equal((int)type, tensor.DataType);
            Assert.Equal(weight.Shape, tensor.Dims);
            using var file = File.OpenRead(Path.Join(checkpoint.Folder, place["location"]));
            file.Position = long.Parse(place["offset"]);
            var bytes = new byte[int.Parse(place["length"])];
            file.ReadExactly(bytes);
            Assert.Equal(weight.Bytes.ToArray(), bytes);
        }

        Assert.InRange(onnx.ToBytes().Length, 1, 40_000);
    }

    [Fact]
    public void The_bytes_are_a_model_of_opset_23_that_says_its_shapes()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        var onnx = model.ToOnnx(new ActivationSelection("blocks.0.attn.pattern", "blocks.0.attn.q", "logits"));
        var proto = Parse(onnx);
        Assert.Equal(23, proto.OpsetImport.Single(opset => opset.Domain == "").Version);
        Assert.Equal(["batch 3 query key", "batch position 3 8", "batch position 37"], proto.Graph.Output.Select(output =>
            string.Join(' ', output.Type.TensorType.Shape.Dim.Select(size => size.DimParam.Length > 0 ? size.DimParam : $"{size.DimValue}"))));
        using var stream = new MemoryStream();
        onnx.WriteTo(stream);
        Assert.Equal(onnx.ToBytes(), stream.ToArray());
        Assert.Distinct(proto.Graph.Node.SelectMany(node => node.Output));
    }

    private static ModelProto Parse(OnnxModel model) => ModelProto.Parser.ParseFrom(model.ToBytes());

    private static IEnumerable<string> Types(OnnxModel model) => Parse(model).Graph.Node.Select(node => node.OpType);
}
