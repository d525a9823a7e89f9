namespace Gptx.Checkpoints;

/// <summary>The names that safetensors gives to element types.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, ElementType> ByName = new(StringComparer.Ordinal)
    {
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["F64"] = ElementType.Float64,
        ["I8"] = ElementType.Int8,
        ["U8"] = ElementType.UInt8,
        ["I16"] = ElementType.Int16,
        ["U16"] = ElementType.UInt16,
        ["I32"] = ElementType.Int32,
        ["U32"] = ElementType.UInt32,
        ["I64"] = ElementType.Int64,
        ["U64"] = ElementType.UInt64,
        ["BOOL"] = ElementType.Bool,
    };

    /// <summary>All names, for messages.</summary>
    public static string Allowed => string.Join(", ", ByName.Keys);

    public static bool TryParse(string name, out ElementType type) => ByName.TryGetValue(name, out type);

    public static string NameOf(ElementType type) => ByName.First(pair => pair.Value == type).Key;
}
