using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>ONNX Runtime's CUDA provider: whether it can be had here, and how it is set.</summary>
internal static class CudaProvider
{
    private static string FileName => OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";

    /// <summary>Why CUDA device <paramref name="index"/> cannot be used, in one line; null if it can.</summary>
    public static string? WhyNot(int index)
    {
        var library = Path.Combine(OnnxRuntimeLibrary.NativeFolder, FileName);
        if (!File.Exists(library))
        {
            return $"its provider {FileName} is not beside ONNX Runtime in {OnnxRuntimeLibrary.NativeFolder} (build with -p:Gpu=true)";
        }

        OnnxRuntimeLibrary.EnsureLoaded();
        using var options = new SessionOptions();
        try
        {
            Append(options, index);
            return null;
        }
        catch (OnnxRuntimeException error)
        {
            return $"ONNX Runtime could not start it: {error.Message.ReplaceLineEndings(" ")} (a CUDA 13 driver, cuDNN 9 and device {index} are needed)";
        }
    }

    /// <summary>Adds the provider to a session's options. TF32 is off: it would cost more than 1e-4 of accuracy.</summary>
    public static void Append(SessionOptions options, int index)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string>(StringComparer.Ordinal) { ["device_id"] = $"{index}", ["use_tf32"] = "0" });
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
