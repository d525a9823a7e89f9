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

    /// <summary>
    /// What these compute beside the GPU is part of a library that is built with CUDA. As a plugin the provider finds something else there, and the
    /// process ends (seen with 1.29, operator by operator; 63 others ran).
    /// </summary>
    private static readonly string[] MissingFromPlugin = ["Einsum", "OneHot", "ScatterElements", "Slice", "Tile"];

    private static readonly Lazy<bool> Registered = new(Register);

    private static string FileName => OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";

    private static string FilePath => Path.Combine(OnnxRuntimeLibrary.NativeFolder, FileName);

    /// <summary>The operators that must not be given to it.</summary>
    public static IReadOnlyList<string> MissingOperators
    {
        get
        {
            OnnxRuntimeLibrary.EnsureLoaded();
            return IsBuiltIn ? [] : MissingFromPlugin;
        }
    }

    private static bool IsBuiltIn => OrtEnv.Instance().GetAvailableProviders().Contains(Name, StringComparer.Ordinal);

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
        if (IsBuiltIn)
        {
            settings.Add("device_id", $"{index}");
            using var cuda = new OrtCUDAProviderOptions();
            cuda.UpdateOptions(settings);
            options.AppendExecutionProvider_CUDA(cuda);
            return;
        }

        _ = Registered.Value;
        var environment = OrtEnv.Instance();
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
