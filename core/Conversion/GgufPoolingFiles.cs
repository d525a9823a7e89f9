using System.Text.Json.Nodes;
using Gptx.Checkpoints;

namespace Gptx.Conversion;

/// <summary>What a GGUF file says about pooling (<c>pooling_type</c>), as the files of sentence-transformers.</summary>
internal static class GgufPoolingFiles
{
    private const string Modules = "sentence_transformers.models.";

    /// <summary>Writes them where the file says mean, cls or last: then vectors have length 1, as llama.cpp's.</summary>
    public static void Write(CheckpointFolder checkpoint, GgufMetadata metadata, string folder)
    {
        var mode = metadata.FindInt64($"{metadata.FindString("general.architecture")}.pooling_type") switch
        {
            1 => "pooling_mode_mean_tokens",
            2 => "pooling_mode_cls_token",
            3 => "pooling_mode_lasttoken",
            _ => null,
        };
        if (mode is null)
        {
            return;
        }

        SideFiles.WriteJson(folder, "modules.json", new JsonArray(Module(0, "", "Transformer"), Module(1, "1_Pooling", "Pooling"), Module(2, "2_Normalize", "Normalize")));
        var pooling = new JsonObject { ["word_embedding_dimension"] = checkpoint.Config.GetSize("hidden_size") };
        foreach (var known in (ReadOnlySpan<string>)["pooling_mode_cls_token", "pooling_mode_mean_tokens", "pooling_mode_max_tokens", "pooling_mode_mean_sqrt_len_tokens", "pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken"])
        {
            pooling[known] = known == mode;
        }

        SideFiles.WriteJson(Directory.CreateDirectory(Path.Join(folder, "1_Pooling")).FullName, "config.json", pooling);
    }

    private static JsonObject Module(int index, string path, string type) =>
        new() { ["idx"] = index, ["name"] = $"{index}", ["path"] = path, ["type"] = Modules + type };
}
