using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Tests.Checkpoints;

/// <summary>Models that llama-gguf-split has cut into parts.</summary>
public sealed class GgufPartsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Golden")]
    public void Parts_are_the_whole_by_file_and_by_folder()
    {
        var whole = Path.Join(GoldenRoot.Folder("gguf"), "llama-Q4_1.gguf");
        Assert.SkipUnless(File.Exists(whole), "no such file");
        Split(whole, 3);
        using var expected = LanguageModel.Load(whole);
        foreach (var path in (string[])[_folder["m-00001-of-00003.gguf"], _folder.Path])
        {
            using var model = LanguageModel.Load(path);
            Assert.Equal(3, model.Checkpoint.Files.Count);
            Assert.Equal(expected.Checkpoint.Tensors.Keys.Order(StringComparer.Ordinal), model.Checkpoint.Tensors.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(expected.NextLogits([[3, 5, 7]], TestContext.Current.CancellationToken)[0], model.NextLogits([[3, 5, 7]], TestContext.Current.CancellationToken)[0]);
        }
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused()
    {
        Part(1, 2, "a");
        Assert.Contains("00002-of-00002", Refusal.Expect("FileNotFound", () => Open(1, 2)).Message, StringComparison.Ordinal);
        Part(2, 3, "b", fileCount: 2);
        Refusal.Expect("GgufSplit", () => Open(1, 2));
        Part(2, 2, "a");
        Refusal.Expect("TensorDuplicate", () => Open(1, 2));
        Part(2, 2, "b", tensors: 5);
        Part(1, 2, "a", tensors: 5);
        Refusal.Expect("GgufSplit", () => Open(1, 2));
        Assert.Contains("give the first", Refusal.Expect("GgufSplit", () => Open(2, 2)).Message, StringComparison.Ordinal);
        File.Move(_folder["m-00001-of-00002.gguf"], _folder["renamed.gguf"]);
        Assert.Contains("-00001-of-00002", Refusal.Expect("GgufSplit", () => CheckpointFolder.Open(_folder["renamed.gguf"])).Message, StringComparison.Ordinal);
    }

    private CheckpointFolder Open(int number, int count) => CheckpointFolder.Open(_folder[$"m-{number:00000}-of-{count:00000}.gguf"]);

    private void Part(int number, int count, string tensor, int? fileCount = null, int tensors = 2) => _folder.Write(
        $"m-{number:00000}-of-{fileCount ?? count:00000}.gguf",
        new GgufBytes().Add("split.no", (uint)(number - 1)).Add("split.count", (uint)count).Add("split.tensors.count", (uint)tensors).Tensor(tensor, [2], 1, 2).ToArray());

    /// <summary>As llama-gguf-split does it: all metadata and the first tensors in the first part, the others elsewhere.</summary>
    private void Split(string whole, int count)
    {
        using var file = GgufFile.Open(whole);
        var tensors = file.Tensors.Values.ToList();
        for (var part = 0; part < count; part++)
        {
            var bytes = new GgufBytes();
            if (part == 0)
            {
                foreach (var (key, value) in file.Metadata.ToDictionary().Where(entry => !entry.Key.StartsWith("tokenizer.", StringComparison.Ordinal)))
                {
                    Copy(bytes, key, value);
                }
            }

            bytes.Add("split.no", (uint)part).Add("split.count", (uint)count).Add("split.tensors.count", (uint)tensors.Count);
            foreach (var tensor in tensors.Where((_, index) => index * count / tensors.Count == part))
            {
                bytes.Tensor(tensor.Name, [.. tensor.Shape.Reverse().Select(size => (ulong)size)], NumberOf(tensor.ElementType), tensor.Bytes.ToArray());
            }

            _folder.Write($"m-{part + 1:00000}-of-{count:00000}.gguf", bytes.ToArray());
        }
    }

    private static uint NumberOf(ElementType type) => type switch
    {
        ElementType.Float32 => 0,
        ElementType.Q4_1 => 3,
        ElementType.Q8_0 => 8,
        _ => throw new NotSupportedException($"{type}"),
    };

    private static void Copy(GgufBytes bytes, string key, object value)
    {
        switch (value)
        {
            case string text:
                bytes.Add(key, text);
                break;
            case bool flag:
                bytes.Add(key, flag);
                break;
            case long number:
                bytes.Add(key, (uint)number);
                break;
            case double number:
                bytes.Add(key, (float)number);
                break;
            default:
                throw new NotSupportedException($"{key} is {value.GetType()}");
        }
    }
}
