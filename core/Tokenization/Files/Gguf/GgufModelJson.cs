using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>The member <c>model</c> of a tokenizer.json, out of a GGUF file's entries.</summary>
internal static class GgufModelJson
{
    public static void Write(Utf8JsonWriter json, GgufTokenizer read, GgufEntries entries, GgufVocabulary vocabulary)
    {
        json.WriteStartObject();
        switch (read.Model)
        {
            case "gpt2":
                Bpe(json, unknown: null, isScored: false, GgufSplits.IgnoresMerges(read.PreTokenizer ?? "default"));
                Tokens(json, vocabulary, id => vocabulary.Texts[id]);
                Merges(json, (entries.Texts(GgufKeys.Merges) ?? []).Where(line => !line.StartsWith("#version", StringComparison.Ordinal)).Select(Pair));
                break;
            case "llama":
                Bpe(json, Unknown(read, vocabulary), isScored: true, ignoresMerges: false);
                Tokens(json, vocabulary, id => vocabulary.Texts[id]);
                TokenTable table = vocabulary.Table(id => vocabulary.Texts[id]);
                Merges(json, ScoredMerges.All(vocabulary, vocabulary.Scores!, table).Select(merge => (vocabulary.Texts[merge.Left], vocabulary.Texts[merge.Right])));
                break;
            case "bert":
                json.WriteString("type", "WordPiece");
                json.WriteString("unk_token", Unknown(read, vocabulary));
                json.WriteString("continuing_subword_prefix", "##");
                json.WriteNumber("max_input_chars_per_word", 100);
                Tokens(json, vocabulary, id => GgufTokenizerReader.BertToken(vocabulary, id));
                break;
            default:
                Unigram(json, read, vocabulary);
                break;
        }

        json.WriteEndObject();
    }

    private static string? Unknown(GgufTokenizer read, GgufVocabulary vocabulary) => read.UnknownId is { } id ? vocabulary.Texts[id] : null;

    private static void Bpe(Utf8JsonWriter json, string? unknown, bool isScored, bool ignoresMerges)
    {
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteString("unk_token", unknown);
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", isScored);
        json.WriteBoolean("byte_fallback", isScored);
        json.WriteBoolean("ignore_merges", ignoresMerges);
    }

    /// <summary>Of several ids with one text the last counts, as in the table that the reader makes.</summary>
    private static void Tokens(Utf8JsonWriter json, GgufVocabulary vocabulary, Func<int, string> text)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < vocabulary.Count; id++)
        {
            last[text(id)] = id;
        }

        json.WriteStartObject("vocab");
        foreach ((string token, int id) in last.OrderBy(token => token.Value))
        {
            json.WriteNumber(token, id);
        }

        json.WriteEndObject();
    }

    private static void Merges(Utf8JsonWriter json, IEnumerable<(string Left, string Right)> merges)
    {
        json.WriteStartArray("merges");
        foreach ((string left, string right) in merges)
        {
            json.WriteStartArray();
            json.WriteStringValue(left);
            json.WriteStringValue(right);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static (string Left, string Right) Pair(string line)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        return (line[..space], line[(space + 1)..]);
    }

    private static void Unigram(Utf8JsonWriter json, GgufTokenizer read, GgufVocabulary vocabulary)
    {
        json.WriteString("type", "Unigram");
        if (read.UnknownId is { } unknown)
        {
            json.WriteNumber("unk_id", unknown);
        }
        else
        {
            json.WriteNull("unk_id");
        }

        json.WriteStartArray("vocab");
        for (int id = 0; id < vocabulary.Count; id++)
        {
            json.WriteStartArray();
            json.WriteStringValue(vocabulary.Texts[id]);
            json.WriteNumberValue(vocabulary.Scores![id]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteBoolean("byte_fallback", false);
    }
}
