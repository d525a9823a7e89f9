using System.Buffers.Binary;

namespace Gptx.Checkpoints;

/// <summary>
/// The keys and values at the head of a GGUF file, read by name and type. <c>Find...</c> answers null where the key is missing; a value of
/// another type is an error that names file and key. Values are decoded when they are asked for; arrays can be long (a vocabulary): keep them.
/// Decoding takes at most 8 times the bytes that the value has in the file. It belongs to its <see cref="GgufFile"/> and ends with it.
/// </summary>
public sealed class GgufMetadata
{
    private readonly MappedFile _file;
    private readonly OrderedDictionary<string, GgufValue> _entries;

    internal GgufMetadata(MappedFile file, OrderedDictionary<string, GgufValue> entries)
    {
        _file = file;
        _entries = entries;
    }

    /// <summary>The path of the file, for messages.</summary>
    public string Path => _file.Path;

    /// <summary>The keys in the order of the file, for example <c>general.architecture</c>.</summary>
    public IReadOnlyList<string> Keys => _entries.Keys;

    /// <summary>Whether a key is there.</summary>
    public bool Contains(string key) => _entries.ContainsKey(key);

    /// <summary>The number of elements of an array; null where the key is missing or its value is no array.</summary>
    public long? CountOf(string key) => _entries.TryGetValue(key, out var value) ? value.Count : null;

    /// <summary>Whether the value of a key is an array.</summary>
    public bool IsArray(string key) => CountOf(key) is not null;

    /// <summary>Text, or null; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="GptxException">The value has another type (<c>MetadataTypeWrong</c>).</exception>
    public string? FindString(string key) => (string?)Find(key, "a string", type => type == GgufValueType.String);

    /// <summary>A whole number of any width, or null.</summary>
    /// <exception cref="GptxException">The value has another type (<c>MetadataTypeWrong</c>) or is above the largest int64 (<c>MetadataOutOfRange</c>).</exception>
    public long? FindInt64(string key) => (long?)Find(key, "a whole number", GgufValueTypes.IsInteger);

    /// <summary>A number, or null; whole numbers count.</summary>
    /// <exception cref="GptxException">The value has another type (<c>MetadataTypeWrong</c>).</exception>
    public double? FindDouble(string key) => Find(key, "a number", type => type.IsFloat() || type.IsInteger()) switch
    {
        null => null,
        long whole => whole,
        var number => (double)number,
    };

    /// <summary>True or false, or null.</summary>
    /// <exception cref="GptxException">The value has another type (<c>MetadataTypeWrong</c>).</exception>
    public bool? FindBoolean(string key) => (bool?)Find(key, "true or false", type => type == GgufValueType.Bool);

    /// <summary>An array of texts, or null.</summary>
    /// <exception cref="GptxException">The value has another type (<c>MetadataTypeWrong</c>).</exception>
    public IReadOnlyList<string>? FindStrings(string key) => (string[]?)FindArray(key, "an array of strings", type => type == GgufValueType.String);

    /// <summary>An array of whole numbers of any width, or null.</summary>
    /// <exception cref="GptxException">The value has another type (<c>MetadataTypeWrong</c>) or one is above the largest int64 (<c>MetadataOutOfRange</c>).</exception>
    public IReadOnlyList<long>? FindInt64s(string key) => (long[]?)FindArray(key, "an array of whole numbers", GgufValueTypes.IsInteger);

    /// <summary>An array of floating-point numbers, or null.</summary>
    /// <exception cref="GptxException">The value has another type (<c>MetadataTypeWrong</c>).</exception>
    public IReadOnlyList<double>? FindDoubles(string key) => (double[]?)FindArray(key, "an array of numbers", GgufValueTypes.IsFloat);

    /// <summary>
    /// A value as plain .NET has it, whatever its type: string, bool, long, double, or an array of one of these (string[], bool[], long[], double[];
    /// of arrays object[]). Null where the key is missing.
    /// </summary>
    /// <exception cref="GptxException">A whole number is above the largest int64 (<c>MetadataOutOfRange</c>).</exception>
    public object? Find(string key) => _entries.TryGetValue(key, out var value) ? Decode(key, value) : null;

    /// <summary>The keys that begin so, with their values as plain .NET has them (<see cref="Find(string)"/>): what a tokenizer is read from.</summary>
    /// <param name="prefix">For example <c>tokenizer.</c>; empty for all.</param>
    public IReadOnlyDictionary<string, object> ToDictionary(string prefix = "") => _entries
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key, entry => Decode(entry.Key, entry.Value), StringComparer.Ordinal);

    private object? Find(string key, string wanted, Predicate<GgufValueType> fits) => !_entries.TryGetValue(key, out var value) ? null
        : value.Count is null && fits(value.Type) ? Decode(key, value)
        : throw Wrong(key, value, wanted);

    private object? FindArray(string key, string wanted, Predicate<GgufValueType> fits) => !_entries.TryGetValue(key, out var value) ? null
        : value.Count is not null && fits(value.Type) ? Decode(key, value)
        : throw Wrong(key, value, wanted);

    private object Decode(string key, GgufValue value)
    {
        var cursor = new GgufCursor(_file, value.Offset);
        return value.Count is { } count ? Elements(cursor, key, value.Type, checked((int)count)) : Scalar(cursor, key, value.Type);
    }

    private static object Elements(GgufCursor cursor, string key, GgufValueType type, int count) => type switch
    {
        GgufValueType.String => Fill<string>(count, () => cursor.Text(key)),
        GgufValueType.Bool => Fill<bool>(count, () => cursor.Take(1, key)[0] != 0),
        GgufValueType.Array => Fill<object>(count, () => Array(cursor, key)),
        _ when type.IsFloat() => Fill<double>(count, () => Number(cursor, key, type)),
        _ => Fill<long>(count, () => Integer(cursor, key, type)),
    };

    private static object Array(GgufCursor cursor, string key)
    {
        var (type, count) = GgufMetadataReader.ArrayHead(cursor, key);
        return Elements(cursor, key, type, checked((int)count));
    }

    private static T[] Fill<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = next();
        }

        return values;
    }

    private static object Scalar(GgufCursor cursor, string key, GgufValueType type) => type switch
    {
        GgufValueType.String => cursor.Text(key),
        GgufValueType.Bool => cursor.Take(1, key)[0] != 0,
        _ when type.IsFloat() => Number(cursor, key, type),
        _ => Integer(cursor, key, type),
    };

    private static double Number(GgufCursor cursor, string key, GgufValueType type) => type == GgufValueType.Float32
        ? BinaryPrimitives.ReadSingleLittleEndian(cursor.Take(sizeof(float), key))
        : BinaryPrimitives.ReadDoubleLittleEndian(cursor.Take(sizeof(double), key));

    private static long Integer(GgufCursor cursor, string key, GgufValueType type)
    {
        var bytes = cursor.Take(type.SizeInBytes(), key);
        return type switch
        {
            GgufValueType.UInt8 => bytes[0],
            GgufValueType.Int8 => (sbyte)bytes[0],
            GgufValueType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            GgufValueType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            GgufValueType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            GgufValueType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            GgufValueType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes) is var large && large <= long.MaxValue
                ? (long)large
                : throw cursor.Wrong("MetadataOutOfRange", $"metadata key {Excerpt.Of(key)} holds {large}; allowed is at most {long.MaxValue}"),
        };
    }

    private GptxException Wrong(string key, GgufValue value, string wanted) =>
        CheckpointError.In(Path, "MetadataTypeWrong", $"metadata key {Excerpt.Of(key)} is {value}; it must be {wanted}");
}
