namespace Gptx.Graphs;

/// <summary>The element types that graphs use, with ONNX's numbers (TensorProto.DataType).</summary>
public enum DataType
{
    /// <summary>32-bit IEEE 754 floating point.</summary>
    Float32 = 1,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8 = 2,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 6,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,

    /// <summary>16-bit IEEE 754 floating point.</summary>
    Float16 = 10,

    /// <summary>The upper half of a 32-bit floating point number.</summary>
    BFloat16 = 16,
}
