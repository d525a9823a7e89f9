using System.Text.Json;

namespace Gptx.Inference.Verification;

/// <summary>A greedy continuation as the reference has it.</summary>
/// <param name="Ids">Prompt and continuation.</param>
/// <param name="PromptTokens">How many of the ids are the prompt.</param>
/// <param name="SmallestGap">The smallest distance between the two highest logits on the way; infinite where the file does not say.</param>
internal sealed record ReferenceContinuation(IReadOnlyList<int> Ids, int PromptTokens, double SmallestGap)
{
    /// <summary>The continuations in a golden.json; none where there is no such file, or no <c>greedy</c> in it.</summary>
    /// <exception cref="GptxException"><c>GoldenInvalid</c>.</exception>
    public static IReadOnlyList<ReferenceContinuation> ReadAll(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.TryGetProperty("greedy", out var greedy) ? Read(path, greedy) : [];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw GoldenError.Invalid($"{path}: 'greedy' must be an object with 'prompt_tokens', 'ids' and 'smallest_gap'", error);
        }
    }

    private static List<ReferenceContinuation> Read(string path, JsonElement greedy)
    {
        var prompt = greedy.GetProperty("prompt_tokens").GetInt32();
        double[] gaps = greedy.TryGetProperty("smallest_gap", out var given) ? [.. given.EnumerateArray().Select(gap => gap.GetDouble())] : [];
        var all = new List<ReferenceContinuation>();
        foreach (var (row, ids) in greedy.GetProperty("ids").EnumerateArray().Index())
        {
            int[] values = [.. ids.EnumerateArray().Select(id => id.GetInt32())];
            all.Add(prompt >= 1 && prompt <= values.Length
                ? new ReferenceContinuation(values, prompt, row < gaps.Length ? gaps[row] : double.PositiveInfinity)
                : throw GoldenError.Invalid($"{path}: 'prompt_tokens' is {prompt}, but row {row} of 'ids' has {values.Length} ids"));
        }

        return all;
    }
}
