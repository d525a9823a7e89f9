using System.Buffers.Binary;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public class GgufHostileTests
{
    private static GgufBytes Good => new GgufBytes()
        .Add("general.architecture", "llama")
        .Add("names", "a", "", "ęß")
        .Add("numbers", 1, -2, 3)
        .Add("yes", true)
        .Tensor("a", [2, 32], new float[64])
        .Tensor("b", [32, 1], 2, new byte[18]);

    [Fact]
    public void The_good_file_is_good()
    {
        using var folder = new TemporaryFolder();
        using var file = GgufFile.Open(folder.Write("good.gguf", Good.ToArray()));
        Assert.Equal([2L, 32], file.GetTensor("a").Shape);
        Assert.Equal(ElementType.Q4_0, file.GetTensor("b").ElementType);
        Assert.Equal(["a", "", "ęß"], file.Metadata.FindStrings("names")!);
        Assert.Equal([1L, -2, 3], file.Metadata.FindInt64s("numbers")!);
        Assert.True(file.Metadata.FindBoolean("yes"));
        Assert.Null(file.Metadata.FindString("missing"));
        Refusal.Expect("MetadataTypeWrong", () => file.Metadata.FindInt64("names"));
        Refusal.Expect("MetadataTypeWrong", () => file.Metadata.FindStrings("yes"));
        Refusal.Expect("TensorNotFound", () => file.GetTensor("c"));
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        using var folder = new TemporaryFolder();
        var good = Good.ToArray();
        for (var length = 0; length < good.Length; length++)
        {
            var error = Assert.Throws<GptxException>(() => GgufFile.Open(folder.Write("cut.gguf", good[..length])).Dispose());
            Assert.Contains(error.ErrorId, (string[])["FileTruncated", "HeaderTruncated", "TensorOutOfRange"]);
            Refusal.AssertPresentable(error);
        }
    }

    [Fact]
    public void Any_change_of_bytes_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(7);
        var good = Good.ToArray();
        var refused = 0;
        for (var i = 0; i < 4000; i++)
        {
            var changed = (byte[])good.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                changed[random.Next(changed.Length - 250)] = (byte)(random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => random.Next(256) });
            }

            var path = folder.Write("changed.gguf", changed);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var file = GgufFile.Open(path);
                Assert.All(file.Tensors.Values.Where(tensor => tensor.ElementType.IsFloat()), tensor => tensor.ReadSingles());
                Assert.All(file.Metadata.Keys, key => file.Metadata.Find(key));
            }
            catch (GptxException error)
            {
                Refusal.AssertPresentable(error);
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
        }

        Assert.InRange(refused, 1000, 4000);
    }

    [Theory]
    [InlineData(0x0300_0000u, "big-endian")]
    [InlineData(1u, "version 1")]
    [InlineData(4u, "version 4")]
    public void Another_version_is_refused_by_name(uint version, string named)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("other.gguf", new GgufBytes { Version = version }.ToArray());
        var error = Refusal.Expect("GgufVersionNotSupported", () => GgufFile.Open(path));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_2_is_read_as_version_3_is()
    {
        using var folder = new TemporaryFolder();
        using var file = GgufFile.Open(folder.Write("two.gguf", new GgufBytes { Version = 2 }.Tensor("a", [3], 1, 2, 3).ToArray()));
        Assert.Equal([1f, 2, 3], file.GetTensor("a").ReadSingles());
    }

    [Theory]
    [InlineData(16u, "IQ2_XXS")]
    [InlineData(22u, "IQ2_S")]
    [InlineData(29u, "IQ1_M")]
    [InlineData(40u, "NVFP4")]
    [InlineData(4000u, "4000")]
    public void A_type_that_is_not_read_is_refused_by_name(uint type, string named)
    {
        var error = Expect("TensorTypeNotSupported", new GgufBytes().Tensor("a", [256], type, new byte[1000]));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("Q4_K", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_lie_are_refused()
    {
        Expect("TensorDuplicate", new GgufBytes().Tensor("a", [1], 1).Tensor("a", [1], 1));
        Expect("TensorSizeMismatch", new GgufBytes().Tensor("a", [33, 2], 2, new byte[100]));
        Expect("TensorSizeMismatch", new GgufBytes().Tensor("a", [1ul << 62, 1ul << 62], 0, new byte[100]));
        Expect("TensorOutOfRange", new GgufBytes().Tensor("a", [1ul << 60], 0, new byte[100]));
        Expect("TensorOutOfRange", new GgufBytes().Tensor("a", [1], 0, new byte[4], offset: 1));
        Expect("TensorOutOfRange", new GgufBytes().Tensor("a", [1], 0, new byte[4], offset: ulong.MaxValue - 31));
        Expect("TensorOutOfRange", new GgufBytes().Tensor("a", [1], 0, new byte[4], offset: (ulong)long.MaxValue - 31));
        Expect("TensorOverlap", new GgufBytes().Tensor("a", [16], 0, new byte[64]).Tensor("b", [16], 0, new byte[64], offset: 32));
        Expect("HeaderFieldInvalid", new GgufBytes().Tensor("a", [0], 0, []));
        Expect("HeaderFieldInvalid", new GgufBytes().Tensor("a", [], 0, new byte[100]));
        Expect("HeaderFieldInvalid", new GgufBytes().Tensor("a", [1, 1, 1, 1, 1], 0, new byte[100]));
        Expect("HeaderFieldInvalid", new GgufBytes().Tensor(new string('x', 2000), [1], 1));
    }

    [Fact]
    public void Metadata_that_lies_are_refused()
    {
        Expect("MetadataDuplicate", new GgufBytes().Add("a", 1u).Add("a", 2u));
        Expect("HeaderFieldInvalid", new GgufBytes().Add("general.alignment", 0u));
        Expect("HeaderFieldInvalid", new GgufBytes().Add("general.alignment", 24u));
        Expect("HeaderFieldInvalid", new GgufBytes().Add("general.alignment", 1u << 30));
        Expect("MetadataTypeWrong", new GgufBytes().Add("general.alignment", "32"));
        Expect("MetadataOutOfRange", new GgufBytes().Add("general.alignment", ulong.MaxValue));
    }

    [Fact]
    public void A_number_of_things_that_the_file_cannot_hold_is_refused_before_anything_is_allocated()
    {
        using var folder = new TemporaryFolder();
        foreach (var offset in (int[])[8, 16])
        {
            foreach (var count in (ulong[])[1000, 1ul << 32, 1ul << 61, ulong.MaxValue])
            {
                var bytes = Good.ToArray();
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), count);
                var path = folder.Write("many.gguf", bytes);
                Refusal.Expect("HeaderTruncated", () => GgufFile.Open(path));
            }
        }
    }

    [Fact]
    public void Another_alignment_moves_the_data()
    {
        using var folder = new TemporaryFolder();
        var bytes = new GgufBytes { Alignment = 256 }.Add("general.alignment", 256u).Tensor("a", [1], 5).Tensor("b", [1], 6).ToArray();
        using var file = GgufFile.Open(folder.Write("aligned.gguf", bytes));
        Assert.Equal([5f], file.GetTensor("a").ReadSingles());
        Assert.Equal([6f], file.GetTensor("b").ReadSingles());
        Assert.Equal(0, file.GetTensor("b").Offset % 256);
    }

    private static GptxException Expect(string errorId, GgufBytes bytes)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad.gguf", bytes.ToArray());
        return Refusal.Expect(errorId, () => GgufFile.Open(path));
    }
}
