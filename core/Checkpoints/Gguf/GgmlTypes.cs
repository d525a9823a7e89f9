namespace Gptx.Checkpoints;

/// <summary>The numbers that GGUF gives to tensor types (ggml.h), those that are read and those that are known by name only.</summary>
internal static class GgmlTypes
{
    private static readonly Dictionary<uint, ElementType> Read = new()
    {
        [0] = ElementType.Float32,
        [1] = ElementType.Float16,
        [2] = ElementType.Q4_0,
        [3] = ElementType.Q4_1,
        [6] = ElementType.Q5_0,
        [7] = ElementType.Q5_1,
        [8] = ElementType.Q8_0,
        [10] = ElementType.Q2_K,
        [11] = ElementType.Q3_K,
        [12] = ElementType.Q4_K,
        [13] = ElementType.Q5_K,
        [14] = ElementType.Q6_K,
        [20] = ElementType.IQ4_NL,
        [23] = ElementType.IQ4_XS,
        [24] = ElementType.Int8,
        [25] = ElementType.Int16,
        [26] = ElementType.Int32,
        [27] = ElementType.Int64,
        [28] = ElementType.Float64,
        [30] = ElementType.BFloat16,
        [34] = ElementType.TQ1_0,
        [35] = ElementType.TQ2_0,
        [39] = ElementType.MXFP4,
    };

    private static readonly Dictionary<uint, string> KnownByName = new()
    {
        [4] = "Q4_2",
        [5] = "Q4_3",
        [9] = "Q8_1",
        [15] = "Q8_K",
        [16] = "IQ2_XXS",
        [17] = "IQ2_XS",
        [18] = "IQ3_XXS",
        [19] = "IQ1_S",
        [21] = "IQ3_S",
        [22] = "IQ2_S",
        [29] = "IQ1_M",
        [31] = "Q4_0_4_4",
        [32] = "Q4_0_4_8",
        [33] = "Q4_0_8_8",
        [36] = "IQ4_NL_4_4",
        [37] = "IQ4_NL_4_8",
        [38] = "IQ4_NL_8_8",
        [40] = "NVFP4",
    };

    /// <summary>The types that are read, for messages.</summary>
    public static string Allowed { get; } = string.Join(", ", Read.Values);

    public static bool TryParse(uint number, out ElementType type) => Read.TryGetValue(number, out type);

    /// <summary>A type that is not read, as messages show it: <c>16 (IQ2_XXS)</c>.</summary>
    public static string Show(uint number) => KnownByName.TryGetValue(number, out var name) ? $"{number} ({name})" : $"{number}, which is not known";
}
