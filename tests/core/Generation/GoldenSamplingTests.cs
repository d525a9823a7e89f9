using System.Globalization;
using System.Text.Json;
using Gptx.Generation;

namespace Gptx.Tests.Generation;

/// <summary>Each processor, and a chain of them, against what transformers computed.</summary>
public class GoldenSamplingTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void Processors_give_what_transformers_gives()
    {
        string file = Path.Combine(GoldenRoot.Folder("sampling"), "cases.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        int[] previous = Ids(document.RootElement.GetProperty("previous_tokens"));
        var wrong = new List<string>();
        foreach (JsonElement golden in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = $"{golden.GetProperty("processor")} {golden.GetProperty("options")} {golden.GetProperty("kind")}";
            JsonElement options = golden.GetProperty("options");
            int promptLength = options.TryGetProperty("prompt_length", out JsonElement length) ? length.GetInt32() : 0;
            float[] logits = Numbers(golden.GetProperty("input"));
            var context = new SamplingContext(previous, promptLength);
            SamplingChain.Create(Settings(options)).Process(logits, context);
            wrong.AddRange(Differences(name, logits, Numbers(golden.GetProperty("output"))));
            if (golden.TryGetProperty("probabilities", out JsonElement probabilities))
            {
                wrong.AddRange(Differences(name, Gptx.Generation.Processors.Softmax.Probabilities(logits), Numbers(probabilities)));
            }
        }

        Assert.Empty(wrong);
    }

    // What a case does not name is off, whatever our defaults are.
    private static SamplingSettings Settings(JsonElement golden)
    {
        var options = new GenerationOptions { Temperature = 1, TopP = 1, Seed = 0, MaxTokens = 1000 };
        foreach (JsonProperty option in golden.EnumerateObject())
        {
            JsonElement value = option.Value;
            options = option.Name switch
            {
                "temperature" => options with { Temperature = value.GetDouble() },
                "top_k" => options with { TopK = value.GetInt32() },
                "top_p" => options with { TopP = value.GetDouble() },
                "min_p" => options with { MinP = value.GetDouble() },
                "typical_p" => options with { TypicalP = value.GetDouble() },
                "epsilon_cutoff" => options with { EpsilonCutoff = value.GetDouble() },
                "eta_cutoff" => options with { EtaCutoff = value.GetDouble() },
                "repetition_penalty" => options with { RepetitionPenalty = value.GetDouble() },
                "no_repeat_ngram_size" => options with { NoRepeatNgramSize = value.GetInt32() },
                "bad_words_ids" => options with { BadWords = [.. value.EnumerateArray().Select(Ids)] },
                "min_new_tokens" => options with { MinTokens = value.GetInt32() },
                "eos_token_id" => options with { StopTokens = [value.GetInt32()] },
                "frequency_penalty" => options with { FrequencyPenalty = value.GetDouble() },
                "presence_penalty" => options with { PresencePenalty = value.GetDouble() },
                "prompt_length" => options,
                _ => throw new NotSupportedException(option.Name),
            };
        }

        return SamplingSettings.Resolve(options);
    }

    private static IEnumerable<string> Differences(string name, float[] actual, float[] expected)
    {
        for (int id = 0; id < expected.Length; id++)
        {
            bool same = float.IsInfinity(expected[id]) || float.IsInfinity(actual[id])
                ? actual[id] == expected[id]
                : Math.Abs(actual[id] - expected[id]) <= 1e-5;
            if (!same)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}: token {id} is {actual[id]}, not {expected[id]}");
            }
        }
    }

    private static int[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt32())];

    private static float[] Numbers(JsonElement numbers) =>
        [.. numbers.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.Null ? float.NegativeInfinity : n.GetSingle())];
}
