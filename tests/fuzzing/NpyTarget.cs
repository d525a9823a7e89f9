using Gptx.Checkpoints;

namespace Gptx.Fuzzing;

/// <summary>Mutated .npy files, mostly their headers: each is opened and read.</summary>
public sealed class NpyTarget : IFuzzTarget
{
    private const int LargestFile = 20_000;
    private const int HeaderBytes = 128;

    private readonly string _path = Path.Combine(FuzzFolder.Make("npy"), "array.npy");
    private readonly List<byte[]> _files;

    /// <summary>Takes the small files of a folder to start from.</summary>
    /// <param name="golden">A folder with .npy files at any depth.</param>
    public NpyTarget(string golden)
    {
        _files =
        [
            .. Directory.EnumerateFiles(golden, "*.npy", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).Length <= LargestFile)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
        if (_files.Count == 0)
        {
            throw new ArgumentException($"No .npy file of at most {LargestFile} bytes below '{golden}'.", nameof(golden));
        }
    }

    /// <inheritdoc/>
    public string Name => "npy";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(20, 1L << 18);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        byte[] file = _files[random.Next(_files.Count)];
        byte[] header = file[..Math.Min(HeaderBytes, file.Length)];
        byte[] bytes = random.Next(4) switch
        {
            0 => NumberMutation.Mutate(file, header.Length, random),
            1 => ByteMutation.Mutate(file, random),
            _ => [.. ByteMutation.Mutate(header, random), .. file.AsSpan(header.Length)],
        };
        return new FuzzCase(bytes, () =>
        {
            File.WriteAllBytes(_path, bytes);
            using NpyFile opened = NpyFile.Open(_path);
            _ = opened.Tensor.ElementType.IsFloat() ? opened.Tensor.ReadSingles().Length : opened.Tensor.ReadInt64s().Length;
        });
    }
}
