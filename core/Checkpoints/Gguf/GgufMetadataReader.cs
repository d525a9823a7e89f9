namespace Gptx.Checkpoints;

/// <summary>Finds the keys and values of a GGUF header; the values themselves stay in the file.</summary>
internal static class GgufMetadataReader
{
    private const int LongestKey = 65535; // the format's own limit
    private const int DeepestArrays = 4; // writers nest none
    private const int LeastEntry = sizeof(ulong) + sizeof(uint) + 1;

    /// <summary>More entries than any writer makes (about a hundred); a table of them stays small whatever the file.</summary>
    private const int MostEntries = 1 << 16;

    /// <summary>How many entries the cursor's next 8 bytes announce.</summary>
    public static long Announced(GgufCursor cursor)
    {
        var count = cursor.Count("the number of metadata entries", LeastEntry);
        return count <= MostEntries ? count : throw cursor.Wrong("HeaderFieldInvalid", $"{count} metadata entries; allowed are {MostEntries}");
    }

    /// <summary>Reads so many entries.</summary>
    public static OrderedDictionary<string, GgufValue> Read(GgufCursor cursor, long count)
    {
        var entries = new OrderedDictionary<string, GgufValue>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var key = cursor.Name("a metadata key", LongestKey);
            var type = Type(cursor, key);
            if (!entries.TryAdd(key, Value(cursor, key, type)))
            {
                throw cursor.Wrong("MetadataDuplicate", $"the metadata key {Excerpt.Of(key)} is there twice");
            }
        }

        return entries;
    }

    /// <summary>The type, and for an array the number, of the elements that follow.</summary>
    public static (GgufValueType Type, long Count) ArrayHead(GgufCursor cursor, string key)
    {
        var type = Type(cursor, key);
        return (type, cursor.Count("the number of elements", type.LeastBytes()));
    }

    private static GgufValue Value(GgufCursor cursor, string key, GgufValueType type)
    {
        if (type != GgufValueType.Array)
        {
            var offset = cursor.Position;
            Skip(cursor, key, type, depth: 0);
            return new GgufValue(type, offset, null);
        }

        var (elements, count) = ArrayHead(cursor, key);
        var first = cursor.Position;
        SkipElements(cursor, key, elements, count, depth: 1);
        return new GgufValue(elements, first, count);
    }

    private static void Skip(GgufCursor cursor, string key, GgufValueType type, int depth)
    {
        if (type == GgufValueType.String)
        {
            cursor.SkipText("a string of the metadata");
        }
        else if (type != GgufValueType.Array)
        {
            cursor.Skip(type.SizeInBytes(), "a value of the metadata");
        }
        else if (depth >= DeepestArrays)
        {
            throw cursor.Wrong("HeaderFieldInvalid", $"the arrays of metadata key {Excerpt.Of(key)} are nested deeper than {DeepestArrays}");
        }
        else
        {
            var (elements, count) = ArrayHead(cursor, key);
            SkipElements(cursor, key, elements, count, depth + 1);
        }
    }

    private static void SkipElements(GgufCursor cursor, string key, GgufValueType type, long count, int depth)
    {
        if (type.SizeInBytes() is var size && size > 0)
        {
            cursor.Skip(count * size, "an array of the metadata"); // no overflow: ArrayHead has compared the count with the file
            return;
        }

        for (var i = 0L; i < count; i++)
        {
            Skip(cursor, key, type, depth);
        }
    }

    private static GgufValueType Type(GgufCursor cursor, string key)
    {
        var type = cursor.UInt32("the type of a metadata value");
        return type <= (uint)GgufValueType.Float64
            ? (GgufValueType)type
            : throw cursor.Wrong("HeaderFieldInvalid", $"metadata key {Excerpt.Of(key)} has a value of type {type}; allowed are 0 to {(int)GgufValueType.Float64}");
    }
}
