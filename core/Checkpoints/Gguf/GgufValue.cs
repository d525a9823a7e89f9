namespace Gptx.Checkpoints;

/// <summary>Where a value of the metadata lies in the file: it is decoded when it is asked for, so that opening a file allocates next to nothing.</summary>
/// <param name="Type">Its type; of an array the type of its elements.</param>
/// <param name="Offset">Its first byte; of an array the first byte of the first element.</param>
/// <param name="Count">The number of elements of an array; null where it is none.</param>
internal readonly record struct GgufValue(GgufValueType Type, long Offset, long? Count)
{
    /// <summary>As messages show it, for example <c>an array of 3 String</c>.</summary>
    public override string ToString() => Count is { } count ? $"an array of {count} {Type}" : $"a {Type}";
}
