using System.Reflection;
using System.Runtime.InteropServices;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>Versions, providers and paths: what Gptx would use here.</summary>
/// <param name="Version">Gptx's version.</param>
/// <param name="DotNet">The .NET runtime.</param>
/// <param name="System">The operating system and processor architecture.</param>
/// <param name="Processors">Logical processors.</param>
/// <param name="OnnxRuntime">ONNX Runtime's version; null if it could not be loaded.</param>
/// <param name="NativeLibrary">Where its native library is, or why it could not be loaded.</param>
/// <param name="Providers">The execution providers that the library was built with.</param>
/// <param name="Device">The device that <c>auto</c> means.</param>
/// <param name="Cuda">Why CUDA cannot be used; null if it can.</param>
/// <param name="DefaultModel">The model that is used when none is named.</param>
/// <param name="EmbeddedModel">The folder of the embedded model; null if it is missing.</param>
/// <param name="Folder">The folder in which Gptx lies.</param>
public sealed record EnvironmentReport(
    string Version,
    string DotNet,
    string System,
    int Processors,
    string? OnnxRuntime,
    string NativeLibrary,
    IReadOnlyList<string> Providers,
    string Device,
    string? Cuda,
    string DefaultModel,
    string? EmbeddedModel,
    string Folder)
{
    /// <summary>The environment variable that names the model to use when none is named.</summary>
    public const string ModelVariable = "GPTX_MODEL";

    /// <summary>The model that is used when none is named: <c>GPTX_MODEL</c>, or the embedded one.</summary>
    public static string ModelByDefault =>
        global::System.Environment.GetEnvironmentVariable(ModelVariable) is { Length: > 0 } name ? name : ModelLocation.Embedded;

    /// <summary>Looks around.</summary>
    public static EnvironmentReport Read()
    {
        var (library, error) = OnnxRuntimeFacts.TryLoad();
        var cuda = error is null ? CudaProvider.WhyNot(0) : error;
        var assembly = typeof(EnvironmentReport).Assembly;
        return new EnvironmentReport(
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
            global::System.Environment.ProcessorCount,
            error is null ? OnnxRuntimeFacts.Version : null,
            library ?? error!,
            error is null ? OnnxRuntimeFacts.Providers : [],
            cuda is null ? "cuda:0" : "cpu",
            cuda,
            ModelByDefault,
            Directory.Exists(ModelLocation.EmbeddedFolder) ? ModelLocation.EmbeddedFolder : null,
            InstallFolder.Path);
    }

    /// <summary>The versions and the device.</summary>
    public override string ToString() => $"Gptx {Version}, ONNX Runtime {OnnxRuntime ?? "missing"}, {Device}";
}
