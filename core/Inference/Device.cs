using System.Globalization;
using Gptx.Onnx;

namespace Gptx.Inference;

/// <summary>Where a model computes: <c>auto</c>, <c>cpu</c>, or <c>cuda</c> with the number of a device.</summary>
public sealed record Device
{
    private Device(string name, int? cudaIndex)
    {
        Name = name;
        CudaIndex = cudaIndex;
    }

    /// <summary>CUDA if its provider and a device are there, else the CPU.</summary>
    public static Device Auto { get; } = new("auto", null);

    /// <summary>The CPU.</summary>
    public static Device Cpu { get; } = new("cpu", null);

    /// <summary>As it is written: <c>auto</c>, <c>cpu</c>, <c>cuda:0</c>.</summary>
    public string Name { get; }

    /// <summary>The number of the CUDA device, or null.</summary>
    public int? CudaIndex { get; }

    /// <summary>CUDA device number <paramref name="index"/>.</summary>
    public static Device Cuda(int index = 0) => new($"cuda:{index}", index);

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>.</summary>
    /// <exception cref="GptxException"><c>DeviceUnknown</c>.</exception>
    public static Device Parse(string text) => text.ToLowerInvariant() switch
    {
        "auto" => Auto,
        "cpu" => Cpu,
        "cuda" => Cuda(),
        var other when other.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(other.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => Cuda(index),
        _ => throw new GptxException(GptxErrorKind.InvalidArgument, "DeviceUnknown", $"device '{text}' is not known: it may be auto, cpu, cuda or cuda:n"),
    };

    /// <summary>The device that is used: itself, or for <c>auto</c> what there is.</summary>
    /// <exception cref="GptxException"><c>CudaMissing</c>: CUDA was asked for and cannot be used; the message says what is missing.</exception>
    public Device Resolve()
    {
        if (this == Auto)
        {
            return CudaProvider.WhyNot(0) is null ? Cuda() : Cpu;
        }

        return CudaIndex is { } index && CudaProvider.WhyNot(index) is { } reason
            ? throw new GptxException(GptxErrorKind.DeviceMissing, "CudaMissing", $"device {Name} cannot be used: {reason}")
            : this;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
