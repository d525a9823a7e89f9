using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>Reads a vocabulary written as <c>{"token": id}</c>, in a tokenizer.json or as vocab.json.</summary>
internal static class VocabularyJson
{
    public static TokenTable Read(ReadOnlyMemory<byte> json, string path)
    {
        Utf8JsonReader reader = JsonSections.Reader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw TokenizerErrors.Unreadable(path, "expected an object of tokens and ids");
        }

        // An entry has 6 bytes at least, so that no count is believed that the file is too small for.
        var ids = new Dictionary<string, int>(Math.Min(json.Length / 16, 1 << 17));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string token = JsonSections.Text(ref reader, path);
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetUInt32(out uint id))
            {
                throw TokenizerErrors.Unreadable($"{path}[\"{token}\"]", "expected an id, a whole number from 0 to 4294967295");
            }

            ids[token] = unchecked((int)id);
        }

        reader.Read();
        return new TokenTable(ids);
    }
}
