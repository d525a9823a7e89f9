using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Onnx;

/// <summary>
/// Loads the native ONNX Runtime by absolute path from <c>runtimes/&lt;rid&gt;/native</c> beside this assembly. By name alone Windows
/// would find an onnxruntime.dll of its own, and a PowerShell module would find none.
/// </summary>
internal static class OnnxRuntimeLibrary
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Where the native library was loaded from.</summary>
    /// <exception cref="GptxException"><c>OnnxRuntimeNotFound</c>: there is none for this system.</exception>
    public static string EnsureLoaded() => Loaded.Value;

    /// <summary>The folder in which the native libraries for this system lie, whether or not it exists.</summary>
    public static string NativeFolder { get; } = FindNativeFolder();

    private static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    private static string Load()
    {
        var path = Path.Combine(NativeFolder, FileName);
        if (!File.Exists(path))
        {
            throw new GptxException(
                GptxErrorKind.ModelNotLoadable,
                "OnnxRuntimeNotFound",
                $"ONNX Runtime's native library was not found at {path}: it is packed for linux-x64, win-x64, win-arm64 and osx-arm64, and in the module for linux-arm64");
        }

        // Microsoft's own resolver tries the bare name first; ours replaces it.
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);
        var options = new EnvironmentCreationOptions { logId = "gptx", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        OrtEnv.CreateInstanceWithOptions(ref options);
        ShareOneArena();
        return path;
    }

    /// <summary>One arena for the sessions of all models, which grows by what is asked for: each session's own would double its size again and again.</summary>
    private static void ShareOneArena()
    {
        const int asRequested = 1;
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg(0, asRequested, -1, -1);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase) && !name.Contains("extensions", StringComparison.OrdinalIgnoreCase)
            ? NativeLibrary.Load(Path.Combine(NativeFolder, FileName))
            : 0;

    private static string FindNativeFolder()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var rid = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        var packed = Path.Combine(InstallFolder.Path, "runtimes", rid, "native");

        // A publish for one system puts native libraries beside the assembly.
        return !Directory.Exists(packed) && File.Exists(Path.Combine(InstallFolder.Path, FileName)) ? InstallFolder.Path : packed;
    }
}
