using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public class SafetensorsRoundTripTests
{
    private static readonly Gen<ElementType> AnyType = Gen.Elements(Enum.GetValues<ElementType>().Where(type => !type.IsQuantized()));
    private static readonly Gen<long[]> AnyShape = Gen.Choose(0, 4).SelectMany(rank => Gen.ArrayOf(Gen.Choose(0, 5).Select(size => (long)size), rank));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var anyTensor = from type in AnyType
                        from shape in AnyShape
                        from bytes in Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), (int)shape.Aggregate((long)type.SizeInBytes(), (a, b) => a * b))
                        select (type, shape, bytes);
        var anyFile = from tensors in Gen.ListOf(anyTensor)
                      from metadata in Gen.ListOf(ArbMap.Default.GeneratorFor<string>())
                      select (tensors, metadata);
        Prop.ForAll(anyFile.ToArbitrary(), file => RoundTrip(file.tensors, file.metadata)).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void The_header_is_padded_so_that_tensors_are_aligned()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafetensorsWriter { Metadata = { ["format"] = "pt" } };
        writer.Add("odd", [3], ElementType.UInt8, new byte[3]);
        writer.Add("longs", [1], new long[] { 7 });
        writer.Add("halves", [1], new float[] { 1.5f }, ElementType.Float16);
        writer.Save(folder["a.safetensors"]);

        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(["longs", "halves", "odd"], file.Tensors.Keys);
        Assert.All(file.Tensors.Values, tensor => Assert.Equal(0, tensor.Offset % tensor.ElementType.SizeInBytes()));
        Assert.Equal([7], file.GetTensor("longs").ReadInt64s());
        Assert.Equal([1.5f], file.GetTensor("halves").ReadSingles());
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Fact]
    public void Names_of_any_script_survive()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["ä", "重み", "a\"b\\c", "\t", "😀", "__Metadata__"];
        var writer = new SafetensorsWriter();
        foreach (var name in names)
        {
            writer.Add(name, [], new float[] { name.Length });
        }

        writer.Save(folder["a.safetensors"]);
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(names.Order(StringComparer.Ordinal), file.Tensors.Keys);
        Assert.All(names, name => Assert.Equal([name.Length], file.GetTensor(name).ReadSingles()));
    }

    [Fact]
    public void Tensors_of_another_file_are_copied_or_narrowed()
    {
        using var folder = new TemporaryFolder();
        var values = Enumerable.Range(0, 200_000).Select(i => i / 7f).ToArray();
        var first = new SafetensorsWriter();
        first.Add("a", [1000, 200], values);
        first.Add("ids", [2], new long[] { 1, 2 });
        first.Save(folder["first.safetensors"]);
        using var source = SafetensorsFile.Open(folder["first.safetensors"]);
        var second = new SafetensorsWriter();
        second.Add(source.GetTensor("a"), ElementType.Float16);
        second.Add(source.GetTensor("ids"));
        second.Save(folder["second.safetensors"]);

        using var copy = SafetensorsFile.Open(folder["second.safetensors"]);
        Assert.Equal(values.Select(value => (float)(Half)value), copy.GetTensor("a").ReadSingles());
        Assert.Equal([1L, 2L], copy.GetTensor("ids").ReadInt64s());
        var part = new float[10];
        copy.GetTensor("a").ReadSingles(199_990, part);
        Assert.Equal(copy.GetTensor("a").ReadSingles()[199_990..], part);
    }

    [Fact]
    public void A_value_that_half_precision_cannot_hold_is_refused()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafetensorsWriter();
        writer.Add("a", [3], new float[] { float.PositiveInfinity, 65519f, 65520f }, ElementType.Float16);
        Refusal.Expect("ValueTooLarge", () => writer.Save(folder["a.safetensors"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Names_and_shapes_given_wrong_are_refused_at_once()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", [2], new float[2]);
        Assert.Throws<ArgumentException>(() => writer.Add("a", [2], new float[2]));
        Assert.Throws<ArgumentException>(() => writer.Add("b", [3], new float[2]));
        Assert.Throws<ArgumentException>(() => writer.Add("__metadata__", [2], new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add("c", [-1, -2], new float[2]));
    }

    [Fact]
    public void After_dispose_a_tensor_is_not_read_but_refused()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafetensorsWriter();
        writer.Add("a", [2], new float[2]);
        writer.Save(folder["a.safetensors"]);
        var file = SafetensorsFile.Open(folder["a.safetensors"]);
        var tensor = file.GetTensor("a");
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor.ReadSingles());
        Assert.Throws<ObjectDisposedException>(() => tensor.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => tensor.Pointer);
    }

    [Fact]
    public unsafe void Slices_stay_within_the_tensor()
    {
        using var folder = new TemporaryFolder();
        var writer = new SafetensorsWriter();
        writer.Add("a", [2, 2], new float[] { 1, 2, 3, 4 });
        writer.Save(folder["a.safetensors"]);
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        var tensor = file.GetTensor("a");
        Assert.Equal(3f, MemoryMarshal.Read<float>(tensor.Slice(8, 4)));
        Assert.Equal(4f, ((float*)tensor.Pointer)[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Slice(13, 4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Slice(-1, 4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.ReadSingles(3, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.ReadSingles(long.MaxValue, new float[2]));
        Refusal.Expect("TensorTypeNotInteger", () => tensor.ReadInt64s());
        Refusal.Expect("TensorNotFound", () => file.GetTensor("b\n"));
    }

    private static void RoundTrip(IEnumerable<(ElementType Type, long[] Shape, byte[] Bytes)> tensors, IEnumerable<string> metadata)
    {
        using var folder = new TemporaryFolder();
        var writer = new SafetensorsWriter();
        foreach (var (index, (type, shape, bytes)) in tensors.Index())
        {
            writer.Add($"t{index}", shape, type, bytes);
        }

        foreach (var text in metadata.Where(IsUnicode))
        {
            writer.Metadata[text] = text;
        }

        writer.Save(folder["a.safetensors"]);
        using var file = SafetensorsFile.Open(folder["a.safetensors"]);
        Assert.Equal(tensors.Count(), file.Tensors.Count);
        foreach (var (index, (type, shape, bytes)) in tensors.Index())
        {
            var tensor = file.GetTensor($"t{index}");
            Assert.Equal((type, bytes.LongLength), (tensor.ElementType, tensor.ByteLength));
            Assert.Equal(shape, tensor.Shape);
            Assert.Equal(bytes, tensor.Bytes.ToArray());
        }

        Assert.Equal(writer.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), file.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static bool IsUnicode(string? text) => text is not null && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
