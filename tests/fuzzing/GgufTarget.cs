using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Fuzzing;

/// <summary>
/// Mutated GGUF files, mostly their headers: each is opened as a checkpoint, its config and tokenizer made, its forward pass written and every tensor
/// decoded. ONNX Runtime does not see them.
/// </summary>
public sealed class GgufTarget : IFuzzTarget
{
    private const int LargestFile = 100_000;

    private readonly string _path = Path.Combine(FuzzFolder.Make("gguf"), "model.gguf");
    private readonly List<(byte[] Bytes, int Header)> _files;

    /// <summary>Takes the small files of a folder to start from.</summary>
    /// <param name="golden">A folder with .gguf files.</param>
    public GgufTarget(string golden)
    {
        _files =
        [
            .. Directory.EnumerateFiles(golden, "*.gguf")
                .Where(file => new FileInfo(file).Length <= LargestFile)
                .Order(StringComparer.Ordinal)
                .Select(file => (File.ReadAllBytes(file), HeaderLength(file))),
        ];
        if (_files.Count == 0)
        {
            throw new ArgumentException($"No .gguf file of at most {LargestFile} bytes in '{golden}'.", nameof(golden));
        }
    }

    /// <inheritdoc/>
    public string Name => "gguf";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(60, 4L << 20);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        (byte[] file, int header) = _files[random.Next(_files.Count)];
        byte[] bytes = random.Next(5) switch
        {
            0 => ByteMutation.Mutate(file, random),
            1 => file[..random.Next(file.Length)],
            2 => [.. ByteMutation.Mutate(file[..header], random), .. file.AsSpan(header)],
            _ => NumberMutation.Mutate(file, header, random),
        };
        return new FuzzCase(bytes, () => Read(bytes));
    }

    private void Read(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        using (GgufFile file = GgufFile.Open(_path))
        {
            foreach (CheckpointTensor tensor in file.Tensors.Values.Where(tensor => tensor.ElementType.IsFloat()))
            {
                tensor.ReadSingles();
            }
        }

        using CheckpointFolder checkpoint = CheckpointFolder.Open(_path);
        CheckpointTokenizer.Find(checkpoint)?.EncodeToIds("The old house");
        ArchitectureCatalog.For(checkpoint.Config).Build(checkpoint.Config, new CheckpointTensors(checkpoint.Tensors, _path));
    }

    private static int HeaderLength(string path)
    {
        using GgufFile file = GgufFile.Open(path);
        return (int)file.Tensors.Values.Min(tensor => tensor.Offset);
    }
}
