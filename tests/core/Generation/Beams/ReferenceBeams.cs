using System.Text.Json;
using Gptx.Generation;

namespace Gptx.Tests.Generation.Beams;

/// <summary>The beams of a golden.json, and the options that ask for them.</summary>
internal sealed record ReferenceBeams(int[] Prompt, GenerationOptions Options, IReadOnlyList<int[]> Texts, IReadOnlyList<double> Scores)
{
    /// <summary>Null where the file has none.</summary>
    public static ReferenceBeams? Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        if (!json.RootElement.TryGetProperty("beam", out var beam))
        {
            return null;
        }

        var rows = beam.GetProperty("ids").EnumerateArray().Select(Ids).ToList();
        var length = (beam.TryGetProperty("prompt_tokens", out var own) ? own : json.RootElement.GetProperty("greedy").GetProperty("prompt_tokens")).GetInt32();
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
