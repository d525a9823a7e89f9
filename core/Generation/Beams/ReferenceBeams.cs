using System.Text.Json;
using Gptx.Inference.Verification;

namespace Gptx.Generation.Beams;

/// <summary>The beams of a golden.json, and the options that ask for them.</summary>
internal sealed record ReferenceBeams(int[] Prompt, GenerationOptions Options, IReadOnlyList<int[]> Texts, IReadOnlyList<double> Scores)
{
    /// <summary>Null where there is no such file, or no beams in it.</summary>
    /// <exception cref="GptxException"><c>GoldenInvalid</c>.</exception>
    public static ReferenceBeams? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.TryGetProperty("beam", out var beam) ? Read(json.RootElement, beam) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw GoldenError.Invalid($"{path}: 'beam' must be an object with 'ids', 'scores', 'num_beams', 'new_tokens', 'length_penalty' and 'early_stopping'", error);
        }
    }

    private static ReferenceBeams Read(JsonElement root, JsonElement beam)
    {
        var rows = beam.GetProperty("ids").EnumerateArray().Select(Ids).ToList();
        var length = (beam.TryGetProperty("prompt_tokens", out var own) ? own : root.GetProperty("greedy").GetProperty("prompt_tokens")).GetInt32();
        var ends = !beam.TryGetProperty("eos_token_id", out var eos) ? [] : eos.ValueKind switch
        {
            JsonValueKind.Array => Ids(eos),
            JsonValueKind.Number => [eos.GetInt32()],
            _ => [],
        };
        var options = new GenerationOptions
        {
            Beams = beam.GetProperty("num_beams").GetInt32(),
            Count = rows.Count,
            MaxTokens = beam.GetProperty("new_tokens").GetInt32(),
            LengthPenalty = beam.GetProperty("length_penalty").GetDouble(),
            EarlyStopping = Enum.Parse<EarlyStopping>(beam.GetProperty("early_stopping").ToString(), ignoreCase: true),
            StopTokens = ends,
            IgnoreEndOfText = true,
        };

        // Rows that ended sooner than others are filled up after their end.
        return new ReferenceBeams(
            rows[0][..length],
            options,
            [.. rows.Select(row => row[length..]).Select(text => Array.FindIndex(text, ends.Contains) is >= 0 and var end ? text[..(end + 1)] : text)],
            [.. beam.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())]);
    }

    private static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(id => id.GetInt32())];
}
