using System.Diagnostics;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

[Trait("Category", "Golden")]
public class GoldenGgufTests
{
    [Fact]
    public void Every_tensor_type_widens_to_the_references_bits()
    {
        var types = Directory.GetFiles(GoldenRoot.Folder("gguf"), "types*.gguf");
        Assert.SkipWhen(types.Length == 0, "The golden root has no types.gguf.");
        foreach (var path in types)
        {
            using var file = GgufFile.Open(path);
            using var golden = SafetensorsFile.Open(Path.ChangeExtension(path, ".golden.safetensors"));
            Assert.NotEmpty(golden.Tensors);
            foreach (var expected in golden.Tensors.Values)
            {
                var tensor = file.GetTensor(expected.Name);
                Assert.Equal(expected.Shape, tensor.Shape);
                Assert.Equal(Bits(expected.ReadSingles()), Bits(tensor.ReadSingles()));
            }
        }
    }

    [Fact]
    public void Any_stretch_of_a_tensor_is_that_stretch_of_the_whole()
    {
        var path = Path.Join(GoldenRoot.Folder("gguf"), "types.gguf");
        Assert.SkipUnless(File.Exists(path), "The golden root has no types.gguf.");
        var random = new Random(1);
        using var file = GgufFile.Open(path);
        foreach (var tensor in file.Tensors.Values)
        {
            var whole = tensor.ReadSingles();
            for (var i = 0; i < 50; i++)
            {
                var first = random.Next(whole.Length);
                var part = new float[random.Next(whole.Length - first)];
                tensor.ReadSingles(first, part);
                Assert.Equal(Bits(whole.AsSpan(first, part.Length)), Bits(part));
            }

            Assert.Throws<ArgumentOutOfRangeException>(() => tensor.ReadSingles(whole.Length - 1, new float[2]));
        }
    }

    [Fact]
    public void Every_golden_file_opens_and_its_tensors_and_metadata_can_be_read()
    {
        foreach (var path in Directory.EnumerateFiles(GoldenRoot.Folder("gguf"), "*.gguf"))
        {
            using var file = GgufFile.Open(path);
            Assert.NotNull(file.Metadata.FindString("general.architecture"));
            Assert.All(file.Tensors.Values.Where(tensor => tensor.ElementType.IsFloat()), tensor => Assert.Equal(tensor.Count, tensor.ReadSingles().Length));
            Assert.All(file.Metadata.Keys.Where(file.Metadata.IsArray), key => Assert.Equal(file.Metadata.CountOf(key), ((Array)file.Metadata.Find(key)!).Length));
        }
    }

    [Fact]
    public void Every_file_that_lies_is_refused_in_little_time_and_memory()
    {
        var bad = Directory.GetFiles(GoldenRoot.Folder("gguf/bad"), "*.gguf");
        Assert.NotEmpty(bad);
        foreach (var path in bad)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var error = Assert.Throws<GptxException>(() => GgufFile.Open(path).Dispose());
            Refusal.AssertPresentable(error);
            Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
            Assert.Contains(Path.GetFileName(path), error.Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (8 * new FileInfo(path).Length) + 200_000);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }
    }

    private static uint[] Bits(ReadOnlySpan<float> values) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, uint>(values).ToArray();
}
