using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>What there is to know of the loaded ONNX Runtime.</summary>
internal static class OnnxRuntimeFacts
{
    /// <summary>Its version.</summary>
    public static string Version => OrtEnv.Instance().GetVersionString();

    /// <summary>The execution providers it was built with.</summary>
    public static IReadOnlyList<string> Providers => OrtEnv.Instance().GetAvailableProviders();

    /// <summary>Loads the native library: its path, or why it could not be loaded.</summary>
    public static (string? Library, string? Error) TryLoad()
    {
        try
        {
            return (OnnxRuntimeLibrary.EnsureLoaded(), null);
        }
        catch (Exception error) when (error is GptxException or DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            return (null, error.Message);
        }
    }
}
