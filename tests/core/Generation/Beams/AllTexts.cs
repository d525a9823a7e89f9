using Gptx.Inference;

namespace Gptx.Tests.Generation.Beams;

/// <summary>Every text that a model can write after a prompt, with the sum of its log-probabilities: what a search has to find, without searching.</summary>
internal static class AllTexts
{
    /// <summary>Texts of exactly <paramref name="length"/> tokens, or fewer where <paramref name="end"/> ends them.</summary>
    public static IEnumerable<(int[] Ids, double Sum)> Of(LanguageModel model, int[] prompt, int length, int end)
    {
        List<(int[] Ids, double Sum)> open = [([], 0)];
        for (var step = 1; step <= length; step++)
        {
            var logits = model.NextLogits([.. open.Select(text => (int[])[.. prompt, .. text.Ids])]);
            var longer = open.SelectMany((text, row) => LogProbabilities(logits[row]).Select((log, id) => (Ids: (int[])[.. text.Ids, id], Sum: text.Sum + log))).ToList();
            foreach (var text in longer.Where(text => text.Ids[^1] == end || text.Ids.Length == length))
            {
                yield return text;
            }

            open = [.. longer.Where(text => text.Ids[^1] != end)];
        }
    }

    private static IEnumerable<double> LogProbabilities(float[] logits)
    {
        var largest = (double)logits.Max();
        var sum = Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
        return logits.Select(logit => logit - largest - sum);
    }
}
