using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Graphs.Foreign;

namespace Gptx.Tests.Inference;

/// <summary>One ONNX file of the golden data and what is known of it.</summary>
/// <param name="File">The .onnx file.</param>
/// <param name="Golden">Its values.</param>
/// <param name="Known">Its entry in golden.json.</param>
/// <param name="VariantOf">The golden checkpoint that it was exported from; null where that is not there.</param>
internal sealed record OnnxCase(string File, string Golden, JsonElement Known, string? VariantOf)
{
    /// <summary>Whether its products are of integers, so that only a session on the same file gives the same.</summary>
    public bool IsQuantized => ForeignModel.Parse(System.IO.File.ReadAllBytes(File), File).Graph.Node
        .Any(node => node.OpType is "MatMulNBits" or "MatMulInteger" or "DynamicQuantizeLinear" or "DynamicQuantizeMatMul" or "MatMulIntegerToFloat" or "QLinearMatMul" or "DequantizeLinear" or "GatherBlockQuantized");

    /// <summary>The rows of its values.</summary>
    public static List<int[]> Rows(CheckpointTensor ids) =>
        [.. ids.ReadInt64s().Chunk((int)ids.Shape[1]).Select(row => Array.ConvertAll(row, id => (int)id))];

    /// <summary>The kinds of tokens of the checkpoint's plain run, whose rows are the same; null where it has none.</summary>
    public List<int[]>? TokenTypes()
    {
        if (VariantOf is null)
        {
            return null;
        }

        using var golden = SafetensorsFile.Open(Path.Join(VariantOf, "golden.safetensors"));
        return golden.TryGetTensor("plain.token_type_ids", out var types) ? Rows(types) : null;
    }

    /// <summary>All of the golden root, external data among them.</summary>
    public static IReadOnlyList<OnnxCase> All()
    {
        var cases = new List<OnnxCase>();
        foreach (var folder in GoldenRoot.CaseFolders("onnx"))
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Join(folder, "golden.json")));
            var checkpoint = Path.Join(folder, "..", "..", "checkpoints", json.RootElement.GetProperty("variant_of").GetString());
            foreach (var entry in json.RootElement.GetProperty("files").EnumerateObject())
            {
                var golden = Path.Join(folder, entry.Name + ".golden.safetensors");
                var variant = System.IO.File.Exists(Path.Join(checkpoint, "golden.safetensors")) ? checkpoint : null;
                cases.AddRange(new[] { Path.Join(folder, entry.Name), Path.Join(folder, "external", entry.Name) }
                    .Where(System.IO.File.Exists)
                    .Select(file => new OnnxCase(file, golden, entry.Value.Clone(), variant)));
            }
        }

        Assert.NotEmpty(cases);
        return cases;
    }
}
