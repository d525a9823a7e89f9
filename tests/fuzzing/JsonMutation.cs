using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gptx.Fuzzing;

/// <summary>Changes a JSON text: its values and members, then now and then its bytes.</summary>
internal static class JsonMutation
{
    private static readonly string[] Numbers =
        ["0", "-1", "1", "2147483647", "2147483648", "4294967295", "4294967296", "-9223372036854775808", "18446744073709551616", "1e308", "1e999", "0.5", "1e-400", "-0"];

    /// <summary>A changed text.</summary>
    /// <param name="json">The text as it was.</param>
    /// <param name="pool">Values of other files, by the name of the member that had them.</param>
    /// <param name="texts">Strings that are put in.</param>
    /// <param name="random">Chance.</param>
    public static byte[] Mutate(JsonNode json, ILookup<string, JsonNode?> pool, IReadOnlyList<string> texts, Random random)
    {
        JsonNode root = json.DeepClone();
        string? raw = null;
        for (int i = random.Next(8) == 0 ? random.Next(6) : 0; i >= 0; i--)
        {
            raw ??= Change(root, pool, texts, random);
        }

        string text = root.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000 });
        text = raw is null ? text : text.Replace("\"@raw\"", raw, StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(6) == 0 ? ByteMutation.Mutate(bytes, random) : bytes;
    }

    // One change somewhere; what no JSON node can hold is put in later, in the place of "@raw".
    private static string? Change(JsonNode root, ILookup<string, JsonNode?> pool, IReadOnlyList<string> texts, Random random)
    {
        JsonNode? node = Pick(root, random);
        if (node?.Parent is null)
        {
            return null;
        }

        switch (random.Next(8))
        {
            case 0:
                Remove(node);
                return null;
            case 1 when node.Parent is JsonObject parent:
                parent[random.Next(2) == 0 ? "type" : texts[random.Next(texts.Count)]] = node.DeepClone();
                return null;
            case 2:
                node.ReplaceWith("@raw");
                return Numbers[random.Next(Numbers.Length)];
            case 3 when random.Next(8) == 0:
                int depth = random.Next(10_000);
                node.ReplaceWith("@raw");
                return string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
            case 4:
                node.ReplaceWith<JsonNode?>(random.Next(4) switch
                {
                    0 => null,
                    1 => JsonValue.Create(random.Next(2) == 0),
                    2 => new JsonArray(),
                    _ => new JsonObject(),
                });
                return null;
            case 5 when node.Parent is JsonArray array && array.Count < 5000:
                array.Insert(random.Next(array.Count + 1), node.DeepClone());
                return null;
            case 6 when pool[Name(node)].Any():
                node.ReplaceWith(pool[Name(node)].ElementAt(random.Next(pool[Name(node)].Count()))?.DeepClone());
                return null;
            default:
                node.ReplaceWith(texts[random.Next(texts.Count)]);
                return null;
        }
    }

    // Goes down from the root and stops somewhere: large objects are as likely as small ones.
    private static JsonNode? Pick(JsonNode root, Random random)
    {
        JsonNode? node = root;
        while (true)
        {
            JsonNode? next = node switch
            {
                JsonObject { Count: > 0 } @object => @object.ElementAt(random.Next(@object.Count)).Value,
                JsonArray { Count: > 0 } array => array[random.Next(array.Count)],
                _ => null,
            };
            if (next is null || (node != root && random.Next(5) == 0))
            {
                return node;
            }

            node = next;
        }
    }

    private static string Name(JsonNode node) => node.Parent is JsonObject ? node.GetPropertyName() : node.GetElementIndex().ToString(CultureInfo.InvariantCulture);

    private static void Remove(JsonNode node)
    {
        if (node.Parent is JsonObject parent)
        {
            parent.Remove(node.GetPropertyName());
        }
        else if (node.Parent is JsonArray array)
        {
            array.Remove(node);
        }
    }
}
