using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>ONNX Runtime's CUDA provider: whether it can be had here, and how it is set.</summary>
/// <remarks>
/// Microsoft's GPU packages are built with the provider and take it by name. The library from npm is built without it and takes the
/// provider's own file as a plugin, which must be registered once.
/// </remarks>
internal static class CudaProvider
{
    private const string Name = "CUDAExecutionProvider";
    private static readonly Lazy<bool> Registered = new(Register);

    private static string FileName => OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";

    private static string FilePath => Path.Combine(OnnxRuntimeLibrary.NativeFolder, FileName);

    /// <summary>Why CUDA device <paramref name="index"/> cannot be used, in one line; null if it can.</summary>
    public static string? WhyNot(int index)
    {
        if (!File.Exists(FilePath))
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
        catch (Exception error) when (error is OnnxRuntimeException or InvalidOperationException)
        {
            return $"{error.Message.ReplaceLineEndings(" ").Trim()} (needed: an NVIDIA driver, CUDA 13, cuDNN 9 and device {index})";
        }
    }

    /// <summary>Adds the provider to a session's options. TF32 is off: it would cost more than 1e-4 of accuracy.</summary>
    /// <exception cref="OnnxRuntimeException">The provider cannot be started.</exception>
    /// <exception cref="InvalidOperationException">It sees no such device.</exception>
    public static void Append(SessionOptions options, int index)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["use_tf32"] = "0" };
        var environment = OrtEnv.Instance();
        if (environment.GetAvailableProviders().Contains(Name, StringComparer.Ordinal))
        {
            settings.Add("device_id", $"{index}");
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(settings);
            options.AppendExecutionProvider_CUDA(cuda);
            return;
        }

        _ = Registered.Value;
        var devices = environment.GetEpDevices().Where(device => device.EpName == Name).ToList();
        if (index >= devices.Count)
        {
            throw new InvalidOperationException($"ONNX Runtime's CUDA provider sees {devices.Count} devices");
        }

        options.AppendExecutionProvider(environment, [devices[index]], settings);
    }

    private static bool Register()
    {
        OrtEnv.Instance().RegisterExecutionProviderLibrary("gptx.cuda", FilePath);
        return true;
    }
}
