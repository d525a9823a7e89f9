using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>The parts of a tokenizer.json in words: the kind of each step, and what its options mean.</summary>
internal static class PartWords
{
    private static readonly Dictionary<string, (string True, string False)> Flags = new()
    {
        ["add_prefix_space"] = ("puts a space before", "puts no space before"),
        ["use_regex"] = ("splits as GPT-2 does", "does not split"),
        ["trim_offsets"] = ("offsets leave spaces out", "offsets have spaces in"),
        ["clean_text"] = ("takes control characters away", "keeps control characters"),
        ["handle_chinese_chars"] = ("sets Chinese characters apart", "does not set Chinese characters apart"),
        ["strip_accents"] = ("takes accents away", "keeps accents"),
        ["lowercase"] = ("lower case", "keeps the case"),
        ["strip_left"] = ("on the left", "not on the left"),
        ["strip_right"] = ("on the right", "not on the right"),
        ["individual_digits"] = ("each digit alone", "digits together"),
        ["invert"] = ("keeps what does not match", ""),
        ["split"] = ("splits at it", "does not split"),
        ["cleanup"] = ("takes the space before punctuation away", ""),
        ["fuse_unk"] = ("neighbouring unknown characters are one token", ""),
        ["byte_fallback"] = ("unknown characters become bytes", ""),
        ["ignore_merges"] = ("words of the vocabulary are taken whole", ""),
    };

    private static readonly Dictionary<string, string> Names = new()
    {
        ["unk_token"] = "unknown token",
        ["unk_id"] = "id of the unknown token",
        ["continuing_subword_prefix"] = "inside a word begins with",
        ["end_of_word_suffix"] = "at the end of a word ends with",
        ["max_input_chars_per_word"] = "longest word",
        ["replacement"] = "a space is",
        ["prepend_scheme"] = "put before",
        ["behavior"] = "what matches is",
    };

    /// <summary>The steps of a part; those of a sequence, one after the other.</summary>
    /// <param name="part">The part; null where the file has none.</param>
    /// <param name="unused">Options that stand in the file and mean nothing to this part.</param>
    public static IReadOnlyList<string> Steps(JsonPart? part, params string[] unused) => part is null ? [] : [.. StepsOf(part, unused)];

    /// <summary>The options of an object, in words.</summary>
    public static IReadOnlyList<string> Options(IEnumerable<(string Name, JsonPart Value)> members) =>
        [.. members.Where(member => member.Name is not "type").Select(member => Option(member.Name, member.Value.Element)).Where(words => words.Length > 0)];

    private static IEnumerable<string> StepsOf(JsonPart part, string[] unused)
    {
        string[] inside = ["normalizers", "pretokenizers", "processors", "decoders"];
        if (part.Type == "Sequence" && inside.Select(part.Optional).FirstOrDefault(steps => steps is not null) is { } steps)
        {
            return steps.Items().SelectMany(step => StepsOf(step, unused));
        }

        string options = string.Join("; ", Options(part.Members().Where(member => !unused.Contains(member.Name))));
        return [options.Length == 0 ? part.Type : $"{part.Type}: {options}"];
    }

    private static string Option(string name, JsonElement value) => (name, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) or ("special_tokens", _) => "",
        ("continuing_subword_prefix" or "end_of_word_suffix", JsonValueKind.String) when value.ValueEquals("") => "",
        ("precompiled_charsmap", _) => $"a table of {value.GetRawText().Length * 3L / 4:N0} bytes",
        ("pattern", JsonValueKind.Object) => Pattern(value),
        ("single" or "pair", JsonValueKind.Array) => $"{name} {string.Join(' ', value.EnumerateArray().Select(Piece))}",
        ("cls" or "sep", JsonValueKind.Array) => $"{name} {value[0].GetString()}",
        ("strategy", JsonValueKind.Object) => string.Join(' ', value.EnumerateObject().Select(member => $"{member.Name} {member.Value.GetRawText()}")),
        (_, JsonValueKind.True) => Flags.TryGetValue(name, out (string True, string False) flag) ? flag.True : Spoken(name),
        (_, JsonValueKind.False) => Flags.TryGetValue(name, out (string True, string False) flag) ? flag.False : $"not {Spoken(name)}",
        (_, JsonValueKind.String) => $"{Spoken(name)} {Quoted(name, value.GetString()!)}",
        _ => $"{Spoken(name)} {value.GetRawText()}",
    };

    // Words of the format itself stand without quotation marks.
    private static string Quoted(string name, string text) => name is "behavior" or "prepend_scheme" or "strategy" or "direction" ? text : $"\"{text}\"";

    private static string Pattern(JsonElement pattern) => pattern.TryGetProperty("Regex", out JsonElement regex)
        ? $"/{regex.GetString()}/"
        : $"\"{pattern.GetProperty("String").GetString()}\"";

    // {"SpecialToken": {"id": "<s>", "type_id": 0}} or {"Sequence": {"id": "A", "type_id": 0}}
    private static string Piece(JsonElement piece) => piece.EnumerateObject().First().Value.GetProperty("id").GetString()!;

    private static string Spoken(string name) => Names.GetValueOrDefault(name) ?? name.Replace('_', ' ');
}
