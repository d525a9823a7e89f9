namespace Gptx.Checkpoints;

/// <summary>What lies in a folder, to say early and plainly why it is not a checkpoint that we read.</summary>
internal static class CheckpointContents
{
    private const string Supported =
        "supported are config.json with model.safetensors, or with model.safetensors.index.json and the files it lists; or one GGUF file; or an ONNX model with its config.json";

    /// <summary>Why a pickle is refused, and the way out.</summary>
    public const string Pickle =
        "a pickle of PyTorch: whoever reads one runs the program in it, so it is refused; the model's safetensors are often beside it on the hub, and from_pretrained and save_pretrained of transformers write them";

    /// <summary>Throws where the folder, its config.json or its weights are missing.</summary>
    public static void ThrowIfNoCheckpoint(string folder, string config, params string[] weights)
    {
        if (File.Exists(folder))
        {
            throw CheckpointError.In(folder, "ModelNotFound", $"this is a file; a model is the folder around it: {Supported}");
        }

        if (!Directory.Exists(folder))
        {
            throw CheckpointError.In(folder, "ModelNotFound", "there is no such folder");
        }

        var hasWeights = weights.Any(name => File.Exists(Path.Join(folder, name)));
        if (!hasWeights && OtherFormat(folder) is { } other)
        {
            var problem = $"the weights are in {Excerpt.Of(other)}, {(IsPickle(other) ? Pickle : "a format that is not supported")}; {Supported}";
            throw CheckpointError.In(folder, "WeightsNotSupported", problem);
        }

        if (!File.Exists(Path.Join(folder, config)))
        {
            throw CheckpointError.In(folder, "ConfigNotFound", $"the folder has no {config}; {Supported}");
        }

        if (!hasWeights)
        {
            throw CheckpointError.In(folder, "WeightsNotFound", $"the folder has no weights; {Supported}");
        }
    }

    /// <summary>Throws where the folder of an ONNX model has no config of either name.</summary>
    public static void ThrowIfNoConfig(string folder, string config, string other)
    {
        if (!File.Exists(Path.Join(folder, config)) && !File.Exists(Path.Join(folder, other)))
        {
            throw CheckpointError.In(folder, "ConfigNotFound", $"the folder has an ONNX model, but neither {config} nor {other}, which say how large it is");
        }
    }

    /// <summary>Whether a file is called as torch's pickles are.</summary>
    public static bool IsPickle(string path) => Path.GetExtension(path).ToLowerInvariant() is ".bin" or ".pt" or ".pth" or ".ckpt" or ".pkl" or ".pickle";

    private static string? OtherFormat(string folder)
    {
        try
        {
            string[] patterns = ["pytorch_model*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.h5", "*.msgpack", "*.bin"];
            return patterns
                .SelectMany(pattern => Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal))
                .Select(Path.GetFileName)
                .FirstOrDefault();
        }
        catch (Exception exception) when (CheckpointError.IsAboutTheFile(exception))
        {
            throw CheckpointError.NotReadable(folder, exception);
        }
    }
}
