using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>
/// Writes the tokenizer of a GGUF file as a tokenizer.json, with the parts that <see cref="GgufTokenizerReader"/> makes of the file. Where several tokens
/// have one score, merges that a scored vocabulary implies get ranks in the order of the ids: a tokenizer.json has no equal ranks.
/// </summary>
public static class GgufTokenizerJson
{
    private const string Mark = "▁";

    /// <summary>Writes the file.</summary>
    /// <param name="metadata">As <see cref="GgufTokenizer.Read"/> takes it.</param>
    /// <param name="name">What errors call the file.</param>
    /// <param name="stream">Where it goes.</param>
    /// <returns>The tokenizer that the metadata describe, and what else they say.</returns>
    /// <exception cref="GptxException">Those of <see cref="GgufTokenizer.Read"/>.</exception>
    public static GgufTokenizer Write(IReadOnlyDictionary<string, object> metadata, string name, Stream stream)
    {
        GgufTokenizer read = GgufTokenizer.Read(metadata, name);
        var entries = new GgufEntries(metadata, name);
        var vocabulary = new GgufVocabulary(entries);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        AddedTokens(json, read.Tokenizer.Vocabulary.AddedTokens);
        Raw(json, "normalizer", Normalizer(read, entries, vocabulary));
        Raw(json, "pre_tokenizer", PreTokenizer(read, entries));
        PostProcessor(json, read);
        Raw(json, "decoder", Decoder(read, entries));
        json.WritePropertyName("model");
        GgufModelJson.Write(json, read, entries, vocabulary);
        json.WriteEndObject();
        return read;
    }

    private static string? Normalizer(GgufTokenizer read, GgufEntries entries, GgufVocabulary vocabulary) => read.Model switch
    {
        "llama" when AddsSpace(entries) => $$"""{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"{{Mark}}"},{{Replace(" ", Mark)}}]}""",
        "llama" => Replace(" ", Mark),
        "bert" => $$"""{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":{{(GgufTokenizerReader.IsLowercase(vocabulary) ? "true" : "false")}}}""",
        "t5" => Unigram(entries),
        _ => null,
    };

    private static string? PreTokenizer(GgufTokenizer read, GgufEntries entries) => read.Model switch
    {
        "gpt2" => GgufSplits.Json(read.PreTokenizer ?? "default"),
        "bert" => """{"type":"BertPreTokenizer"}""",
        "t5" => $$"""{"type":"Metaspace",{{Metaspace(entries)}},"split":true}""",
        _ => null,
    };

    private static string Decoder(GgufTokenizer read, GgufEntries entries) => read.Model switch
    {
        "gpt2" => """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""",
        "bert" => """{"type":"WordPiece","prefix":"##","cleanup":true}""",
        "t5" => $$"""{"type":"Metaspace",{{Metaspace(entries)}},"split":true}""",
        _ => $$"""{"type":"Sequence","decoders":[{{Replace(Mark, " ")}},{"type":"ByteFallback"},{"type":"Fuse"}{{(AddsSpace(entries) ? """,{"type":"Strip","content":" ","start":1,"stop":0}""" : "")}}]}""",
    };

    private static string Unigram(GgufEntries entries)
    {
        List<string> parts = [];
        if (entries.Integers(GgufKeys.CharacterMap) is { Count: > 0 } map)
        {
            parts.Add($$"""{"type":"Precompiled","precompiled_charsmap":"{{Convert.ToBase64String([.. map.Select(value => (byte)value)])}}"}""");
        }

        if (entries.Flag(GgufKeys.RemoveExtraSpaces) ?? true)
        {
            parts.Add("""{"type":"Strip","strip_left":true,"strip_right":true},{"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}""");
        }

        return $$"""{"type":"Sequence","normalizers":[{{string.Join(',', parts)}}]}""";
    }

    private static string Metaspace(GgufEntries entries) => $"\"replacement\":\"{Mark}\",\"prepend_scheme\":\"{(AddsSpace(entries) ? "always" : "never")}\"";

    private static string Replace(string from, string to) => $$"""{"type":"Replace","pattern":{"String":"{{from}}"},"content":"{{to}}"}""";

    private static bool AddsSpace(GgufEntries entries) => entries.Flag(GgufKeys.AddSpacePrefix) ?? true;

    private static void Raw(Utf8JsonWriter json, string name, string? part)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(part ?? "null");
    }

    private static void AddedTokens(Utf8JsonWriter json, IReadOnlyList<AddedToken> tokens)
    {
        json.WriteStartArray("added_tokens");
        foreach (AddedToken token in tokens)
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Content);
            json.WriteBoolean("single_word", token.SingleWord);
            json.WriteBoolean("lstrip", token.LeftStrip);
            json.WriteBoolean("rstrip", token.RightStrip);
            json.WriteBoolean("normalized", token.Normalized);
            json.WriteBoolean("special", token.Special);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What is put before and behind a text; BERT's second text has no [CLS] of its own.</summary>
    private static void PostProcessor(Utf8JsonWriter json, GgufTokenizer read)
    {
        Vocabulary tokens = read.Tokenizer.Vocabulary;
        string? begin = read is { AddsBeginOfText: true, BeginOfTextId: { } first } && tokens.TryGetToken(first, out string? firstToken) ? firstToken : null;
        string? end = read is { AddsEndOfText: true, EndOfTextId: { } last } && tokens.TryGetToken(last, out string? lastToken) ? lastToken : null;
        if (begin is null && end is null)
        {
            json.WriteNull("post_processor");
            return;
        }

        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        json.WriteStartArray("single");
        Text(json, "A", 0, begin, end);
        json.WriteEndArray();
        json.WriteStartArray("pair");
        Text(json, "A", 0, begin, end);
        Text(json, "B", 1, read.Model == "bert" ? null : begin, end);
        json.WriteEndArray();
        json.WriteStartObject("special_tokens");
        if (begin is not null)
        {
            Special(json, begin, read.BeginOfTextId!.Value);
        }

        if (end is not null && end != begin)
        {
            Special(json, end, read.EndOfTextId!.Value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string sequence, int type, string? begin, string? end)
    {
        Piece(json, "SpecialToken", begin, type);
        Piece(json, "Sequence", sequence, type);
        Piece(json, "SpecialToken", end, type);
    }

    private static void Piece(Utf8JsonWriter json, string kind, string? id, int type)
    {
        if (id is not null)
        {
            json.WriteStartObject();
            json.WriteStartObject(kind);
            json.WriteString("id", id);
            json.WriteNumber("type_id", type);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void Special(Utf8JsonWriter json, string token, int id)
    {
        json.WriteStartObject(token);
        json.WriteString("id", token);
        json.WriteStartArray("ids");
        json.WriteNumberValue(id);
        json.WriteEndArray();
        json.WriteStartArray("tokens");
        json.WriteStringValue(token);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
