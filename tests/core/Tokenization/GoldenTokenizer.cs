using System.Text.Json;
using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>One folder of golden cases and all that is wrong with how its tokenizer answers them.</summary>
internal sealed class GoldenTokenizer
{
    private readonly string _name;
    private readonly Tokenizer _tokenizer;
    private readonly JsonElement _cases;

    public GoldenTokenizer(string folder)
        : this(folder, Tokenizer.Load(folder))
    {
    }

    /// <summary>The cases of a folder, for a tokenizer that was read from elsewhere.</summary>
    public GoldenTokenizer(string folder, Tokenizer tokenizer)
    {
        _name = Path.GetFileName(folder);
        _tokenizer = tokenizer;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        _cases = document.RootElement.Clone();
    }

    public int Count { get; private set; }

    public List<string> Failures { get; } = [];

    /// <summary>Reads a folder's tokenizer; null, and why, where it has a part that is not built.</summary>
    public static GoldenTokenizer? TryLoad(string folder, out string? refusal)
    {
        try
        {
            refusal = null;
            return new GoldenTokenizer(folder);
        }
        catch (GptxException error) when (error.ErrorId is "TokenizerNotSupported" or "TokenizerNotFound")
        {
            refusal = error.Message;
            return null;
        }
    }

    public void Run()
    {
        foreach (JsonElement test in All("cases"))
        {
            string what = $"{_name} cases[{Count++}] {Short(test.GetProperty("text").GetString()!)}";
            EncodeRequest request = Request(test);
            if (test.TryGetProperty("error", out _))
            {
                Check(what, "error", "GptxException", Record.Exception(() => _tokenizer.Encode(request))?.GetType().Name);
                continue;
            }

            Compare(what, test, _tokenizer.Encode(request), request);
            CheckDecoded(what, test, "decoded", skip: false);
            CheckDecoded(what, test, test.TryGetProperty("decoded_skip_special", out _) ? "decoded_skip_special" : "decoded", skip: true);
            CheckSimple(what, test, request);
        }

        foreach (JsonElement test in All("decodes"))
        {
            string what = $"{_name} decodes[{Count++}]";
            if (test.TryGetProperty("decode_error", out _))
            {
                continue; // the reference panics: any text will do
            }

            CheckDecoded(what, test, "decoded", skip: false);
            CheckStream(what, test);
        }

        foreach (JsonElement batch in All("batches"))
        {
            CompareBatch($"{_name} batches[{Count++}]", batch);
        }
    }

    private IEnumerable<JsonElement> All(string name) => _cases.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : [];

    private static EncodeRequest Request(JsonElement test) => new(test.GetProperty("text").GetString()!)
    {
        Pair = test.TryGetProperty("pair", out JsonElement pair) ? pair.GetString() : null,
        AddSpecialTokens = test.GetProperty("add_special_tokens").GetBoolean(),
        EncodeSpecialTokens = test.TryGetProperty("encode_special_tokens", out JsonElement encode) && encode.GetBoolean(),
    };

    private void CompareBatch(string what, JsonElement batch)
    {
        bool add = batch.GetProperty("add_special_tokens").GetBoolean();
        EncodeRequest[] requests = [.. batch.GetProperty("inputs").EnumerateArray().Select(input => input.ValueKind == JsonValueKind.String
            ? new EncodeRequest(input.GetString()!) { AddSpecialTokens = add }
            : new EncodeRequest(input[0].GetString()!) { Pair = input[1].GetString(), AddSpecialTokens = add })];
        if (batch.TryGetProperty("error", out _))
        {
            Check(what, "error", "GptxException", Record.Exception(() => _tokenizer.EncodeBatch(requests))?.GetType().Name);
            return;
        }

        IReadOnlyList<EncodedText> encoded = _tokenizer.EncodeBatch(requests);
        int i = 0;
        foreach (JsonElement expected in batch.GetProperty("encodings").EnumerateArray())
        {
            Compare($"{what}.encodings[{i}]", expected, encoded[i], requests[i]);
            i++;
        }
    }

    private void Compare(string what, JsonElement expected, EncodedText actual, EncodeRequest request)
    {
        Check(what, "ids", Numbers(expected.GetProperty("ids")), actual.Ids);
        if (expected.TryGetProperty("tokens", out JsonElement tokens))
        {
            Check(what, "tokens", tokens.EnumerateArray().Select(token => token.GetString()), actual.Tokens);
        }

        Check(what, "offsets", Ranges(expected.GetProperty("offsets")), CodePoints(actual, request));
        if (!what.Contains("overflowing", StringComparison.Ordinal)) // windows have code points only
        {
            JsonElement utf16 = expected.TryGetProperty("offsets_utf16", out JsonElement given) ? given : expected.GetProperty("offsets");
            Check(what, "offsets_utf16", Ranges(utf16), actual.Offsets.Select(range => (range.Start, range.End)));
        }

        Check(what, "type_ids", NumbersOr(expected, "type_ids", actual.Ids.Count, 0), actual.TypeIds);
        Check(what, "special_tokens_mask", NumbersOr(expected, "special_tokens_mask", actual.Ids.Count, 0), actual.SpecialTokensMask.Select(bit => bit ? 1 : 0));
        Check(what, "attention_mask", NumbersOr(expected, "attention_mask", actual.Ids.Count, 1), actual.AttentionMask.Select(bit => bit ? 1 : 0));
        if (expected.TryGetProperty("sequence_ids", out JsonElement sequences))
        {
            Check(what, "sequence_ids", sequences.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.Null ? (int?)null : id.GetInt32()), actual.SequenceIds);
        }

        int overflowing = expected.TryGetProperty("overflowing_count", out JsonElement count) ? count.GetInt32() : 0;
        Check(what, "overflowing_count", overflowing, actual.Overflowing.Count);
        if (expected.TryGetProperty("overflowing", out JsonElement windows) && actual.Overflowing.Count == overflowing)
        {
            int i = 0;
            foreach (JsonElement window in windows.EnumerateArray())
            {
                Compare($"{what}.overflowing[{i}]", window, actual.Overflowing[i], request);
                i++;
            }
        }
    }

    // The simple calls must agree with the full one where the file asks for neither truncation nor padding.
    private void CheckSimple(string what, JsonElement test, EncodeRequest request)
    {
        EncodedText plain = _tokenizer.Encode(request with { EncodeSpecialTokens = false, Pair = null, Truncate = false, Pad = false });
        IReadOnlyList<EncodedToken> tokens = _tokenizer.EncodeToTokens(request.Text, request.AddSpecialTokens);
        Check(what, "EncodeToIds", plain.Ids, _tokenizer.EncodeToIds(request.Text, request.AddSpecialTokens));
        Check(what, "EncodeToTokens", plain.Tokens.Zip(plain.Offsets), tokens.Select(token => (token.Value, new TextRange(token.Start, token.Start + token.Length))));
        if (test.GetProperty("add_special_tokens").GetBoolean())
        {
            Check(what, "CountTokens", plain.Ids.Count, _tokenizer.CountTokens(request.Text));
        }
    }

    private void CheckDecoded(string what, JsonElement test, string name, bool skip)
    {
        if (test.TryGetProperty(name, out JsonElement decoded))
        {
            Check(what, skip ? "decoded without special tokens" : "decoded", decoded.GetString(), _tokenizer.Decode(Numbers(test.GetProperty("ids")), skip));
        }
    }

    private void CheckStream(string what, JsonElement test)
    {
        DecodeStream stream = _tokenizer.CreateDecodeStream();
        string text = string.Concat(Numbers(test.GetProperty("ids")).Select(stream.Append)) + stream.Flush();
        Check(what, "stream", test.GetProperty("decoded").GetString(), text);
    }

    private IEnumerable<(int Start, int End)> CodePoints(EncodedText actual, EncodeRequest request)
    {
        return actual.Offsets.Zip(actual.SequenceIds, (range, sequence) =>
        {
            string text = sequence == 1 ? request.Pair! : request.Text;
            return (CodePointsBefore(text, range.Start), CodePointsBefore(text, range.End));
        });
    }

    private static int CodePointsBefore(string text, int unit) => text.AsSpan(0, unit).EnumerateRunes().CountRunes();

    private void Check<T>(string what, string field, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        T[] wanted = [.. expected];
        T[] given = [.. actual];
        if (!wanted.SequenceEqual(given))
        {
            Failures.Add($"{what}: {field}: expected [{string.Join(' ', wanted)}], found [{string.Join(' ', given)}]");
        }
    }

    private void Check(string what, string field, string? expected, string? actual) => CheckOne(what, field, expected, actual);

    private void Check(string what, string field, int expected, int actual) => CheckOne(what, field, expected, actual);

    private void CheckOne<T>(string what, string field, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            Failures.Add($"{what}: {field}: expected '{expected}', found '{actual}'");
        }
    }

    private static IEnumerable<int> Numbers(JsonElement list) => list.EnumerateArray().Select(number => unchecked((int)number.GetUInt32()));

    private static IEnumerable<int> NumbersOr(JsonElement test, string name, int count, int value) =>
        test.TryGetProperty(name, out JsonElement list) ? Numbers(list) : Enumerable.Repeat(value, count);

    private static IEnumerable<(int Start, int End)> Ranges(JsonElement list) => list.EnumerateArray().Select(range => (range[0].GetInt32(), range[1].GetInt32()));

    private static string Short(string text) => text.Length <= 40 ? $"'{text}'" : $"'{text[..40]}...'";
}

internal static class RuneCounting
{
    public static int CountRunes(this System.Text.SpanRuneEnumerator runes)
    {
        int count = 0;
        foreach (System.Text.Rune _ in runes)
        {
            count++;
        }

        return count;
    }
}
