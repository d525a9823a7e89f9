using System.Text.Json;

namespace Gptx.Jobs.Stores;

/// <summary>Values of rows, taken out of their JSON.</summary>
internal static class StoreValues
{
    /// <summary>A list of float32; what is not finite is null in JSON, and NaN here.</summary>
    public static float[] Floats(JsonElement list)
    {
        var floats = new float[list.GetArrayLength()];
        foreach (var (place, number) in list.EnumerateArray().Index())
        {
            floats[place] = number.ValueKind == JsonValueKind.Null ? float.NaN : number.GetSingle();
        }

        return floats;
    }

    /// <summary>A string as it is; anything else as its JSON.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
