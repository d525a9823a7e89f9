using Gptx.Checkpoints;

namespace Gptx.Conversion;

/// <summary>What a model is converted to.</summary>
public enum ModelFormat
{
    /// <summary>A folder as transformers' save_pretrained writes it: config.json, model.safetensors, tokenizer.</summary>
    Safetensors,

    /// <summary>A folder as optimum writes it: config.json, tokenizer, and the graph in onnx/model.onnx.</summary>
    Onnx,
}

/// <summary>The types that weights can be converted to.</summary>
public enum WeightType
{
    /// <summary>Single precision, 4 bytes.</summary>
    Float32,

    /// <summary>Half precision, 2 bytes: values up to 65,504.</summary>
    Float16,

    /// <summary>The upper half of a float32, 2 bytes.</summary>
    BFloat16,
}

/// <summary>How a model is converted.</summary>
public sealed record ConversionOptions
{
    /// <summary>The format. Null (the default): what the destination's ending says, else safetensors.</summary>
    public ModelFormat? Format { get; init; }

    /// <summary>
    /// The type of the weights. Null (the default) changes no number: each tensor keeps its type, and what is quantized becomes
    /// Float32; in ONNX all are Float32, since not every runtime computes with others.
    /// </summary>
    public WeightType? StoredAs { get; init; }

    /// <summary>The most bytes of one safetensors file; more weights are sharded. Default 5 GB, as transformers did for years: file systems and hubs take it.</summary>
    public long ShardSize { get; init; } = 5_000_000_000;

    /// <summary>
    /// ONNX: from so many bytes of weights on they lie in a file of their own beside the graph (external data). Default 256 MB: an .onnx file is read
    /// whole and may have no more than 2 GB.
    /// </summary>
    public long ExternalFrom { get; init; } = 256_000_000;

    /// <summary>Whether a model that lies at the destination is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The type as checkpoints name it.</summary>
    internal ElementType? Type => StoredAs switch
    {
        null => null,
        WeightType.Float16 => ElementType.Float16,
        WeightType.BFloat16 => ElementType.BFloat16,
        _ => ElementType.Float32,
    };

    /// <summary>Refuses what is not allowed.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    internal void Validate()
    {
        if (ShardSize < 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"shard-size {ShardSize} is not allowed: it must be at least 1 byte");
        }
    }
}
