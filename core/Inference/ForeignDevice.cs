using Gptx.Graphs.Foreign;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>Where somebody else's graph computes: on CUDA only if it has no operator that the provider cannot run.</summary>
internal static class ForeignDevice
{
    /// <summary>The device for a graph.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="wanted">The device that was asked for; with <c>auto</c> a graph that cannot run on CUDA runs on the CPU.</param>
    /// <param name="found">The device that this is here.</param>
    /// <exception cref="GptxException"><c>CudaOperatorMissing</c>: CUDA was asked for by name.</exception>
    public static Device For(ForeignModel model, string path, Device wanted, Device found)
    {
        string[] missing = found.CudaIndex is null ? [] : [.. CudaProvider.MissingOperators.Where(model.Operators.Contains)];
        return missing switch
        {
            [] => found,
            _ when wanted == Device.Auto => Device.Cpu,
            _ => throw new GptxException(
                GptxErrorKind.DeviceMissing,
                "CudaOperatorMissing",
                $"{path}: the graph has operators that this build's CUDA provider cannot run ({string.Join(", ", missing)}): use --device cpu, or a build with ONNX Runtime's NuGet package"),
        };
    }
}
