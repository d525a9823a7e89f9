using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;

namespace Gptx.Inference;

/// <summary>How a model is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>Where it computes. Default <c>auto</c>: a GPU where there is one, because nobody buys one to leave it idle.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>Threads of one operator. Default 0: ONNX Runtime takes one a physical core, which is fastest for large products.</summary>
    public int Threads { get; init; }

    /// <summary>The type to which weights are rounded. Default <c>auto</c>: as the file has them, since rounding loses and widening costs memory.</summary>
    public Precision Precision { get; init; }

    /// <summary>The type of what quantized weights are multiplied by. Default float32: the numbers are then the model's own, within rounding.</summary>
    public Compute Compute { get; init; }

    /// <summary>
    /// Where widened weights are kept between processes; the model closes it. Default null, nowhere: a library writes nothing to disk unasked.
    /// <see cref="WidenedCache.FromEnvironment"/> is what the commands take.
    /// </summary>
    public WidenedCache? Cache { get; init; }

    /// <summary>Told, once, that a text is longer than the model is meant for; only models whose positions are not learned read such texts.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>How a model that is named, and not a path, is looked up. Default: in the hub's cache, else it is pulled, since a name should be all it takes.</summary>
    public HubAccess Hub { get; init; } = new();
}
