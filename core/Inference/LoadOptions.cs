namespace Gptx.Inference;

/// <summary>How a model is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>Where it computes. Default <c>auto</c>: a GPU where there is one, because nobody buys one to leave it idle.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Threads of one operator. Default 0: ONNX Runtime takes one a physical core, which is fastest for large products.</summary>
    public int Threads { get; init; }
}
