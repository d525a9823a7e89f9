using System.Text;
using System.Text.Json.Nodes;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>A tokenizer.json of GPT-2's kind with the 256 bytes and a few merges, for tests that change one thing about it.</summary>
internal static class SmallTokenizer
{
    public static JsonObject Json()
    {
        string[] merges = ["h e", "Ġ t", "Ġt he", "l l", "he ll", "hell o", "Ġ w", "Ġ Ġ", "Ã ©", "ð Ł"];
        var vocabulary = new JsonObject();
        for (int value = 0; value < 256; value++)
        {
            vocabulary.Add(ByteAlphabet.CharacterOf((byte)value).ToString(), value);
        }

        foreach (string merge in merges)
        {
            vocabulary.Add(merge.Replace(" ", "", StringComparison.Ordinal), vocabulary.Count);
        }

        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(Added("<|endoftext|>", special: true), Added("<mask>", lstrip: true)),
            ["pre_tokenizer"] = ByteLevel(),
            ["decoder"] = ByteLevel(),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
            },
        };
    }

    public static JsonObject ByteLevel(bool addPrefixSpace = false) => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = addPrefixSpace,
        ["trim_offsets"] = true,
    };

    public static JsonObject Added(string content, bool special = false, bool lstrip = false, bool rstrip = false, bool singleWord = false) => new()
    {
        ["id"] = 0,
        ["content"] = content,
        ["single_word"] = singleWord,
        ["lstrip"] = lstrip,
        ["rstrip"] = rstrip,
        ["normalized"] = false,
        ["special"] = special,
    };

    public static Tokenizer Read(JsonObject json) => TokenizerJson.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), "tokenizer.json");

    public static Tokenizer Make() => Read(Json());
}
