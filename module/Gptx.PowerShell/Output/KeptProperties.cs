using System.Management.Automation;
using System.Text.Json;

namespace Gptx.PowerShell;

/// <summary>Fields that were carried over, as properties of a result.</summary>
internal static class KeptProperties
{
    /// <summary>The result with its properties.</summary>
    public static PSObject On(object result, IReadOnlyList<KeyValuePair<string, JsonElement>> kept)
    {
        var item = new PSObject(PlainLists.In(result)!);
        foreach (var (name, value) in kept)
        {
            if (item.Properties[name] is not null)
            {
                throw new GptxException(GptxErrorKind.InvalidArgument, "KeepNameTaken", $"-Keep {name}: the result has a property '{name}' of its own; rename it in the input");
            }

            item.Properties.Add(new PSNoteProperty(name, Plain(value)));
        }

        return item;
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        _ => value.GetRawText(),
    };
}
