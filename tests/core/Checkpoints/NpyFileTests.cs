using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        var anyShape = Gen.Choose(0, 3).SelectMany(rank => Gen.ArrayOf(Gen.Choose(0, 6).Select(size => (long)size), rank));
        Prop.ForAll(anyShape.ToArbitrary(), shape =>
        {
            var values = Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => i / 3f).ToArray();
            NpyFile.Write(_folder["a.npy"], shape, values, overwrite: true);
            using var file = NpyFile.Open(_folder["a.npy"]);
            Assert.Equal(shape, file.Tensor.Shape);
            Assert.Equal(values, file.Tensor.ReadSingles());
            Assert.Equal(0, file.Tensor.Offset % 64);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void Integers_and_encoded_elements_too()
    {
        NpyFile.Write(_folder["ids.npy"], [2], new long[] { 5, -6 });
        using var ids = NpyFile.Open(_folder["ids.npy"]);
        Assert.Equal([5, -6], ids.Tensor.ReadInt64s());
        Assert.Equal("ids", ids.Tensor.Name);

        NpyFile.Write(_folder["half.npy"], [1], ElementType.Float16, new byte[] { 0, 0x3C });
        using var half = NpyFile.Open(_folder["half.npy"]);
        Assert.Equal([1f], half.Tensor.ReadSingles());
        Refusal.Expect("OutputExists", () => NpyFile.Write(_folder["half.npy"], [1], new float[1]));
        Assert.Throws<ArgumentException>(() => NpyFile.Write(_folder["b.npy"], [1], ElementType.BFloat16, new byte[2]));
        Assert.Throws<ArgumentException>(() => NpyFile.Write(_folder["b.npy"], [3], new float[2]));
    }

    [Fact]
    public void The_header_is_the_one_that_NumPy_writes()
    {
        NpyFile.Write(_folder["a.npy"], [50, 128], new float[50 * 128]);
        NpyFile.Write(_folder["b.npy"], [3], new float[3]);
        NpyFile.Write(_folder["c.npy"], [], new float[1]);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (50, 128), }".PadRight(117) + "\n", Header("a.npy"));
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".PadRight(117) + "\n", Header("b.npy"));
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (), }".PadRight(117) + "\n", Header("c.npy"));

        string Header(string name) => Encoding.Latin1.GetString(File.ReadAllBytes(_folder[name])[10..128]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_three_versions_are_read(int version)
    {
        using var file = NpyFile.Open(Make(version, "{\"shape\": (2L, 1), 'fortran_order': False, 'descr': '<f4'}\n", 8));
        Assert.Equal([2, 1], file.Tensor.Shape);
    }

    [Theory]
    [InlineData("ArrayNotSupported", "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }")]
    [InlineData("ArrayNotSupported", "{'descr': '>f4', 'fortran_order': False, 'shape': (2, 1), }")]
    [InlineData("ArrayNotSupported", "{'descr': '|O', 'fortran_order': False, 'shape': (2, 1), }")]
    [InlineData("ArraySizeMismatch", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("ArraySizeMismatch", "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }")]
    [InlineData("ArraySizeMismatch", "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4611686018427387904, 2), }")]
    [InlineData("ArrayHeaderInvalid", "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }")]
    [InlineData("ArrayHeaderInvalid", "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }")]
    [InlineData("ArrayHeaderInvalid", "{'descr': '<f4', 'fortran_order': False, 'shape': 2, }")]
    [InlineData("ArrayHeaderInvalid", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("ArrayHeaderInvalid", "{'descr': '<f4', 'fortran_order': False, }")]
    [InlineData("ArrayHeaderInvalid", "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("ArrayHeaderInvalid", "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': True, }")]
    [InlineData("ArrayHeaderInvalid", "__import__('os').system('true')")]
    [InlineData("ArrayHeaderInvalid", "{")]
    [InlineData("ArrayHeaderInvalid", "")]
    public void A_header_that_lies_is_refused(string errorId, string header)
    {
        var path = Make(1, header, 8);
        var error = Refusal.Expect(errorId, () => NpyFile.Open(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_or_mutated_is_read_or_refused()
    {
        NpyFile.Write(_folder["whole.npy"], [2, 2], new float[4]);
        var whole = File.ReadAllBytes(_folder["whole.npy"]);
        for (var length = 0; length < whole.Length; length++)
        {
            _folder.Write("cut.npy", whole[..length]);
            Refusal.AssertPresentable(Assert.Throws<GptxException>(() => NpyFile.Open(_folder["cut.npy"])));
        }

        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var mutated = whole.ToArray();
            mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            mutated[random.Next(80)] ^= (byte)(1 << random.Next(8));
            try
            {
                using var file = NpyFile.Open(_folder.Write("mutated.npy", mutated));
            }
            catch (GptxException error)
            {
                Refusal.AssertPresentable(error);
            }
        }
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void The_golden_queries_open()
    {
        using var file = NpyFile.Open(Path.Join(GoldenRoot.Folder("search"), "queries.npy"));
        Assert.Equal([50, 128], file.Tensor.Shape);
        Assert.All(file.Tensor.ReadSingles(), value => Assert.True(float.IsFinite(value)));
    }

    private string Make(int version, string header, int dataLength)
    {
        var lengthBytes = version == 1 ? 2 : 4;
        var file = new byte[8 + lengthBytes + header.Length + dataLength];
        file[0] = 0x93;
        "NUMPY"u8.CopyTo(file.AsSpan(1));
        file[6] = (byte)version;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)header.Length);
        Encoding.Latin1.GetBytes(header, file.AsSpan(8 + lengthBytes));
        return _folder.Write("made.npy", file);
    }
}
