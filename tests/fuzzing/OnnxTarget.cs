using Gptx.Graphs.Foreign;
using Gptx.Onnx;

namespace Gptx.Fuzzing;

/// <summary>Mutated .onnx files: each is read, its places of weights are looked at, its inner values searched for, and it is written again. ONNX Runtime does not see them.</summary>
public sealed class OnnxTarget : IFuzzTarget
{
    private const int LargestFile = 400_000;

    private readonly List<byte[]> _files;

    /// <summary>Takes the small files of a folder to start from.</summary>
    /// <param name="golden">A folder with .onnx files at any depth.</param>
    public OnnxTarget(string golden)
    {
        _files =
        [
            .. Directory.EnumerateFiles(golden, "*.onnx", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).Length <= LargestFile)
                .OrderBy(file => new FileInfo(file).Length)
                .ThenBy(file => file, StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
        if (_files.Count == 0)
        {
            throw new ArgumentException($"No .onnx file of at most {LargestFile} bytes below '{golden}'.", nameof(golden));
        }
    }

    /// <inheritdoc/>
    public string Name => "onnx";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(400, 4L << 20);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        byte[] bytes = ByteMutation.Mutate(_files[Math.Min(random.Next(_files.Count), random.Next(_files.Count))], random);
        int blocks = 1 + random.Next(4);
        return new FuzzCase(bytes, () =>
        {
            ForeignModel model = ForeignModel.Parse(bytes, "model.onnx");
            _ = model.ExternalTensors.Count();
            _ = new ForeignInputs(model, 1, 8, "model.onnx");
            InnerValues.Find(model.Graph, blocks, model.Outputs[0].Name);
            InnerValues.Find(model.Graph, 3, model.Outputs[0].Name);
            model.ToBytes(["logits", "x"]);
        });
    }
}
