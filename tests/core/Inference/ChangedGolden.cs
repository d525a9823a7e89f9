using Gptx.Checkpoints;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>A folder with a copy of reference values in which a number of one tensor, at a token and not at padding, is another.</summary>
internal sealed class ChangedGolden : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ChangedGolden(SafetensorsFile golden, string changed)
    {
        var writer = new SafetensorsWriter();
        foreach (var tensor in golden.Tensors.Values)
        {
            if (tensor.Name != changed)
            {
                writer.Add(tensor);
                continue;
            }

            Exists = true;
            var values = tensor.ReadSingles();

            // In a batch that is padded on the left the last number of all belongs to a token, in one that is padded on the right the first.
            var difference = 3e-4f * values.Max(Math.Abs);
            values[0] += difference;
            values[^1] += difference;
            writer.Add(tensor.Name, tensor.Shape.ToArray(), values);
        }

        writer.Save(_folder["golden.safetensors"]);
    }

    /// <summary>Whether there is such a tensor.</summary>
    public bool Exists { get; }

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();
}

/// <summary>A copy of a checkpoint in which one number of the last matrix of the first block is another.</summary>
internal sealed class ChangedWeight : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ChangedWeight(string source)
    {
        File.Copy(Path.Join(source, "config.json"), _folder["config.json"]);
        using var checkpoint = SafetensorsFile.Open(Path.Join(source, "model.safetensors"));
        var changed = checkpoint.Tensors.Values.First(tensor => tensor.Shape.Count == 2 && tensor.Name.Contains(".0.", StringComparison.Ordinal)).Name;
        var writer = new SafetensorsWriter();
        foreach (var tensor in checkpoint.Tensors.Values)
        {
            if (tensor.Name == changed)
            {
                var values = tensor.ReadSingles();
                values[7] += 0.5f;
                writer.Add(tensor.Name, tensor.Shape.ToArray(), values, tensor.ElementType);
            }
            else
            {
                writer.Add(tensor);
            }
        }

        writer.Save(_folder["model.safetensors"]);
    }

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
