using System.Buffers.Binary;
using System.Text;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

public class SafetensorsHostileTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""";

    [Fact]
    public void The_good_header_is_good()
    {
        using var folder = new TemporaryFolder();
        using var file = SafetensorsFile.Open(folder.WriteSafetensors(Good + "   ", 12));
        Assert.Equal(2, file.Tensors.Count);
    }

    [Theory]
    [InlineData("TensorOverlap", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""")]
    [InlineData("TensorOverlap", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("TensorGap", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""")]
    [InlineData("TensorGap", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("TensorGap", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""")]
    [InlineData("TensorGap", "{}")]
    [InlineData("TensorOutOfRange", """{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""")]
    [InlineData("TensorOutOfRange", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[12,0]}}""")]
    [InlineData("TensorOutOfRange", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[9223372036854775803,9223372036854775807]}}""")]
    [InlineData("TensorSizeMismatch", """{"a":{"dtype":"F64","shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("TensorSizeMismatch", """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,12]}}""")]
    [InlineData("TensorSizeMismatch", """{"a":{"dtype":"F32","shape":[4611686018427387904,4,3],"data_offsets":[0,12]}}""")]
    [InlineData("TensorSizeMismatch", """{"a":{"dtype":"F32","shape":[4294967296,4294967296,3],"data_offsets":[0,12]}}""")]
    [InlineData("TensorSizeMismatch", """{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":[-3],"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":[-3,-1],"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":["3"],"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":3,"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","shape":[3]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":32,"shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":{"dtype":"F32","dtype":"F32","shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("HeaderFieldInvalid", """{"a":[]}""")]
    [InlineData("HeaderFieldInvalid", """{"__metadata__":{"a":1}}""")]
    [InlineData("HeaderFieldInvalid", """{"__metadata__":[]}""")]
    [InlineData("TensorTypeNotSupported", """{"a":{"dtype":"F8_E4M3","shape":[12],"data_offsets":[0,12]}}""")]
    [InlineData("TensorTypeNotSupported", """{"a":{"dtype":"","shape":[12],"data_offsets":[0,12]}}""")]
    [InlineData("TensorDuplicate", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("TensorDuplicate", """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"\u0061":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""")]
    [InlineData("TensorDuplicate", """{"__metadata__":{},"__metadata__":{}}""")]
    [InlineData("HeaderNotJson", "[]")]
    [InlineData("HeaderNotJson", " {}")]
    [InlineData("HeaderNotJson", "{")]
    [InlineData("HeaderNotJson", "{} {}")]
    [InlineData("HeaderNotJson", "{\"a\"}")]
    [InlineData("HeaderNotJson", """{"\ud800":{}}""")]
    [InlineData("HeaderNotJson", """{"a":{"x":[[[[[[[[[[[[]]]]]]]]]]]],"dtype":"F32"}}""")]
    public void A_header_that_lies_is_refused(string errorId, string header)
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteSafetensors(header, 12);
        var error = Refusal.Expect(errorId, () => SafetensorsFile.Open(path));
        Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_is_named_with_what_is_allowed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteSafetensors("""{"w":{"dtype":"F8_E5M2","shape":[1],"data_offsets":[0,1]}}""", 1);
        var message = Refusal.Expect("TensorTypeNotSupported", () => SafetensorsFile.Open(path)).Message;
        Assert.Contains("tensor \"w\" has dtype \"F8_E5M2\"; allowed are F32, F16, BF16, F64, I8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = TemporaryFolder.Safetensors(Good, 12);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.Write("cut.safetensors", whole[..length]);
            var error = Assert.Throws<GptxException>(() => SafetensorsFile.Open(path));
            Assert.Contains(error.ErrorId, (string[])["FileTruncated", "HeaderTruncated", "TensorOutOfRange"]);
        }
    }

    [Theory]
    [InlineData(ulong.MaxValue, "HeaderTooLong")]
    [InlineData(1UL << 63, "HeaderTooLong")]
    [InlineData(100_000_001, "HeaderTooLong")]
    [InlineData(100_000_000, "HeaderTruncated")]
    [InlineData(13, "HeaderTruncated")]
    [InlineData(0, "HeaderNotJson")]
    public void A_header_length_that_lies_is_refused_before_anything_is_allocated(ulong length, string errorId)
    {
        using var folder = new TemporaryFolder();
        var file = new byte[20];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        var path = folder.Write("a.safetensors", file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Expect(errorId, () => SafetensorsFile.Open(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_header_nested_a_million_deep_is_refused_in_little_time()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteSafetensors($$"""{"a":{{new string('[', 1_000_000)}}""", 0);
        Refusal.Expect("HeaderFieldInvalid", () => SafetensorsFile.Open(path));
        path = folder.WriteSafetensors($$$"""{"a":{"x":{{{new string('[', 1_000_000)}}}""", 0);
        Refusal.Expect("HeaderNotJson", () => SafetensorsFile.Open(path));
    }

    [Fact]
    public void Text_that_is_not_Unicode_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = TemporaryFolder.Safetensors("""{"?":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4);
        file[10] = 0xFF;
        Refusal.Expect("HeaderNotJson", () => SafetensorsFile.Open(folder.Write("a.safetensors", file)));
    }

    [Fact]
    public void A_name_full_of_terminal_codes_is_shown_harmless_and_short()
    {
        using var folder = new TemporaryFolder();
        var name = "\\u001b[31m\\u202e" + new string('x', 100_000);
        var path = folder.WriteSafetensors($$$"""{"{{{name}}}":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4);
        var message = Refusal.Expect("TensorSizeMismatch", () => SafetensorsFile.Open(path)).Message;
        Assert.Contains("\\u001B[31m\\u202E", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_tensors_and_scalars_are_fine()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteSafetensors(
            """{"z":{"dtype":"F32","shape":[0,5],"data_offsets":[0,0]},"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"y":{"dtype":"I64","shape":[0],"data_offsets":[4,4],"more":{"x":1}}}""", 4);
        using var file = SafetensorsFile.Open(path);
        Assert.Empty(file.GetTensor("z").ReadSingles());
        Assert.Empty(file.GetTensor("y").ReadInt64s());
        Assert.Equal([0f], file.GetTensor("s").ReadSingles());
        Assert.Equal(1, file.GetTensor("s").Count);
    }

    [Fact]
    public void A_file_without_tensors_is_fine()
    {
        using var folder = new TemporaryFolder();
        using var file = SafetensorsFile.Open(folder.WriteSafetensors("""{"__metadata__":null}""", 0));
        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void What_is_no_readable_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        Refusal.Expect("FileNotFound", () => SafetensorsFile.Open(folder["missing"]));
        Refusal.Expect("FileNotFound", () => SafetensorsFile.Open(folder["missing/missing"]));
        Refusal.Expect("FileNotReadable", () => SafetensorsFile.Open(folder.Path));
        Refusal.Expect("FileNotReadable", () => SafetensorsFile.Open(folder["a\0b"]));
        Refusal.Expect("FileNotFound", () => SafetensorsFile.Open(folder["a\nb"]));
    }

    [Fact]
    public void Mutations_are_read_or_refused_never_anything_else()
    {
        using var folder = new TemporaryFolder();
        var header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F16","shape":[2,2],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]}}""";
        var whole = TemporaryFolder.Safetensors(header, 12);
        var random = new Random(20260101);
        var read = 0;
        for (var i = 0; i < 2000; i++)
        {
            var path = folder.Write("mutated.safetensors", Mutate(whole, random));
            try
            {
                using var file = SafetensorsFile.Open(path);
                foreach (var tensor in file.Tensors.Values)
                {
                    _ = tensor.ElementType.IsFloat() ? tensor.ReadSingles().Length : tensor.ReadInt64s().Length;
                }

                read++;
            }
            catch (GptxException error)
            {
                Refusal.AssertPresentable(error);
            }
        }

        Assert.InRange(read, 1, 1999);
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveAt(at); break;
                case 3: bytes.InsertRange(at, Encoding.ASCII.GetBytes("0123456789{}[]\",:-e\\u").AsSpan(random.Next(20), 1).ToArray()); break;
                default: bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at)); break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
