using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>JSON values as the types that a config.json holds; each answers false where the value is of another type.</summary>
internal static class ConfigValue
{
    /// <summary>Converts a value, or says by false that its type is another.</summary>
    public delegate bool Conversion<T>(JsonElement value, out T converted);

    public static bool TryInt32(JsonElement value, out int converted)
    {
        converted = 0;
        if (value.ValueKind != JsonValueKind.Number || value.TryGetInt32(out converted))
        {
            return value.ValueKind == JsonValueKind.Number;
        }

        // Python writes a float that is whole as 12.0
        var isWhole = value.TryGetDouble(out var number) && double.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue;
        converted = isWhole ? (int)number : 0;
        return isWhole;
    }

    public static bool TrySize(JsonElement value, out int converted) => TryInt32(value, out converted) && converted >= 1;

    public static bool TryDouble(JsonElement value, out double converted)
    {
        converted = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out converted) && double.IsFinite(converted);
    }

    public static bool TryBoolean(JsonElement value, out bool converted)
    {
        converted = value.ValueKind == JsonValueKind.True;
        return converted || value.ValueKind == JsonValueKind.False;
    }

    public static bool TryString(JsonElement value, out string converted)
    {
        converted = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return value.ValueKind == JsonValueKind.String;
    }

    public static bool TryList<T>(JsonElement value, Conversion<T> convert, out T[] list)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            list = convert(value, out var single) ? [single] : [];
            return list.Length == 1;
        }

        list = new T[value.GetArrayLength()];
        var filled = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (!convert(element, out list[filled++]))
            {
                return false;
            }
        }

        return true;
    }
}
