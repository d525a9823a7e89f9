using Google.Protobuf;
using Gptx.Graphs.Foreign;
using Gptx.Graphs.Proto;
using Gptx.Inference;
using Gptx.Onnx;

namespace Gptx.Tests.Inference.Onnx;

public class ForeignDeviceTests
{
    [Fact]
    public void A_graph_that_the_cuda_provider_can_run_runs_there() =>
        Assert.Equal(Device.Cuda(), ForeignDevice.For(Model("Gather", "Concat"), "model.onnx", Device.Auto, Device.Cuda()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Operators_that_would_end_the_process_keep_a_graph_off_the_gpu(bool inside)
    {
        Assert.SkipWhen(CudaProvider.MissingOperators.Count == 0, "This ONNX Runtime is built with CUDA.");
        var model = inside ? Model(Branch("Slice")) : Model("Gather", "Slice", "Tile");

        Assert.Equal(Device.Cpu, ForeignDevice.For(model, "model.onnx", Device.Auto, Device.Cuda()));
        Assert.Equal(Device.Cpu, ForeignDevice.For(model, "model.onnx", Device.Cpu, Device.Cpu));
        var error = Assert.Throws<GptxException>(() => ForeignDevice.For(model, "model.onnx", Device.Cuda(), Device.Cuda()));
        Assert.Equal((GptxErrorKind.DeviceMissing, "CudaOperatorMissing"), (error.Kind, error.ErrorId));
        Assert.Contains(inside ? "(Slice)" : "(Slice, Tile)", error.Message, StringComparison.Ordinal);
    }

    private static NodeProto Branch(string operatorInside)
    {
        var branch = new GraphProto();
        branch.Node.Add(new NodeProto { OpType = operatorInside });
        var node = new NodeProto { OpType = "If" };
        node.Attribute.Add(new AttributeProto { Name = "then_branch", G = branch });
        return node;
    }

    private static ForeignModel Model(params string[] operators) => Model([.. operators.Select(name => new NodeProto { OpType = name })]);

    private static ForeignModel Model(params NodeProto[] nodes)
    {
        var model = new ModelProto { Graph = new GraphProto() };
        model.Graph.Node.Add(nodes);
        model.Graph.Output.Add(new ValueInfoProto { Name = "logits" });
        return ForeignModel.Parse(model.ToByteArray(), "model.onnx");
    }
}
