using Google.Protobuf;
using Gptx.Checkpoints;
using Gptx.Graphs.Foreign;
using Gptx.Graphs.Proto;
using Gptx.Onnx;

namespace Gptx.Tests.Onnx;

/// <summary>ONNX files that lie are refused before ONNX Runtime sees them.</summary>
public sealed class HostileOnnxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gptx-onnx-").FullName;

    private string Model => Path.Join(_folder, "model", "model.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("a/../../secret.bin")]
    [InlineData("..\\secret.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("C:\\secret.bin")]
    [InlineData("\\\\host\\share\\secret.bin")]
    [InlineData("*/_ORT_MEM_ADDR_/*")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void Weights_outside_of_the_folder_are_refused(string location)
    {
        File.WriteAllBytes(Path.Join(_folder, "secret.bin"), new byte[64]);
        Refused("ExternalDataRefused", With(location, "0", "16"));
    }

    [Theory]
    [InlineData("1", "16")]
    [InlineData("9223372036854775807", "16")]
    [InlineData("64", "16")]
    public void Weights_beyond_the_end_of_their_file_are_refused(string offset, string length)
    {
        WriteData(16);
        Refused("ExternalDataRefused", With("data.bin", offset, length));
    }

    [Theory]
    [InlineData("-1", "16")]
    [InlineData("0", "17")]
    [InlineData("0", "99999999999999999999")]
    [InlineData("x", "16")]
    public void Places_that_cannot_be_are_refused(string offset, string length)
    {
        WriteData(64);
        Refused("OnnxInvalid", With("data.bin", offset, length));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Refused("ExternalDataMissing", With("data.bin", "0", "16"));
        WriteData(16);
        Assert.NotNull(Read(With("data.bin", "0", "16")).Model);
    }

    [Fact]
    public void A_link_as_in_a_hub_cache_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        var blobs = Directory.CreateDirectory(Path.Join(_folder, "blobs")).FullName;
        File.WriteAllBytes(Path.Join(blobs, "abc"), new byte[16]);
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        File.CreateSymbolicLink(Path.Join(_folder, "model", "data.bin"), "../blobs/abc");

        var (model, folder) = Read(With("data.bin", "0", "16"));

        Assert.Equal(RealPath.Of(blobs), folder);
        Assert.Equal("abc", Assert.Single(model.ExternalTensors).Location);
    }

    [Fact]
    public void Files_named_inside_of_nodes_and_branches_are_refused()
    {
        var hidden = Tensor("/etc/hostname", "0", "16");
        var inNode = Plain();
        inNode.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "value", T = hidden });
        Refused("OnnxInvalid", inNode);
        var inBranch = Plain();
        inBranch.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "then_branch", G = new GraphProto { Initializer = { hidden } } });
        Refused("OnnxInvalid", inBranch);
        var inFunction = Plain();
        inFunction.Functions.Add(new FunctionProto { Node = { new NodeProto { Attribute = { new AttributeProto { Tensors = { hidden } } } } } });
        Refused("OnnxInvalid", inFunction);
        var sparse = Plain();
        sparse.Graph.SparseInitializer.Add(new SparseTensorProto { Values = hidden });
        Refused("OnnxInvalid", sparse);
    }

    [Fact]
    public void Shapes_larger_than_any_file_are_refused()
    {
        WriteData(16);
        var model = With("data.bin", "0", "16");
        model.Graph.Initializer[0].Dims.Clear();
        model.Graph.Initializer[0].Dims.AddRange([long.MaxValue, long.MaxValue]);
        Refused("OnnxInvalid", model);
    }

    [Fact]
    public void What_is_no_protobuf_is_refused()
    {
        RefusedBytes("OnnxInvalid", "not a model at all"u8.ToArray());
        RefusedBytes("OnnxInvalid", [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]);
        RefusedBytes("OnnxInvalid", new ModelProto().ToByteArray() is { Length: > 0 } bytes ? bytes : [0x08, 0x08]);
        var deep = new GraphProto { Node = { new NodeProto { OpType = "If" } } };
        for (var level = 0; level < 200; level++)
        {
            deep = new GraphProto { Node = { new NodeProto { OpType = "If", Attribute = { new AttributeProto { G = deep } } } } };
        }

        RefusedBytes("OnnxInvalid", new ModelProto { Graph = deep }.ToByteArray());
    }

    [Fact]
    public void Inputs_that_cannot_be_fed_are_named()
    {
        var model = Plain();
        model.Graph.Input.Add(new ValueInfoProto { Name = "pixel_values", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } });
        var parsed = ForeignModel.Parse(model.ToByteArray(), "model.onnx");

        var error = Assert.Throws<GptxException>(() => new ForeignInputs(parsed, 1, 8, "model.onnx"));

        Assert.Equal("OnnxInputNotSupported", error.ErrorId);
        Assert.Contains("pixel_values", error.Message, StringComparison.Ordinal);
    }

    private static ModelProto Plain() => new()
    {
        IrVersion = 8,
        Graph = new GraphProto
        {
            Node = { new NodeProto { OpType = "Identity", Input = { "w" }, Output = { "logits" } } },
            Output = { new ValueInfoProto { Name = "logits" } },
        },
    };

    private static ModelProto With(string location, string offset, string length)
    {
        var model = Plain();
        model.Graph.Initializer.Add(Tensor(location, offset, length));
        return model;
    }

    private static TensorProto Tensor(string location, string offset, string length) => new()
    {
        Name = "w",
        DataType = 1,
        Dims = { 4 },
        DataLocation = TensorProto.Types.DataLocation.External,
        ExternalData =
        {
            new StringStringEntryProto { Key = "location", Value = location },
            new StringStringEntryProto { Key = "offset", Value = offset },
            new StringStringEntryProto { Key = "length", Value = length },
        },
    };

    private void WriteData(int bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        File.WriteAllBytes(Path.Join(_folder, "model", "data.bin"), new byte[bytes]);
    }

    private (ForeignModel Model, string WeightsFolder) Read(ModelProto model)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Model)!);
        File.WriteAllBytes(Model, model.ToByteArray());
        return ForeignFile.Read(Model);
    }

    private void Refused(string id, ModelProto model) => Assert.Equal(id, Assert.Throws<GptxException>(() => Read(model)).ErrorId);

    private static void RefusedBytes(string id, byte[] bytes) => Assert.Equal(id, Assert.Throws<GptxException>(() => ForeignModel.Parse(bytes, "model.onnx")).ErrorId);
}
