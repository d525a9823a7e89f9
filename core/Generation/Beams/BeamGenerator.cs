using Gptx.Inference;

namespace Gptx.Generation.Beams;

/// <summary>Beam search over a batch of prompts with one key/value cache: each running beam is a row, and rows are put in order before each step.</summary>
internal static class BeamGenerator
{
    /// <summary>
    /// The steps of the best texts of each prompt, prompt by prompt and best first. They come when the whole search has ended: before, no token is certain.
    /// </summary>
    public static IEnumerable<GenerationStep> Steps(
        LanguageModel model, IReadOnlyList<TokenSequence> prompts, SamplingSettings settings, IReadOnlyList<int> indices, CancellationToken cancellation)
    {
        BeamSearch[] searches = [.. prompts.Select((prompt, index) => new BeamSearch(
            prompt.Ids, settings, ContinuationInProgress.MostTokens(model, prompt, settings), new StopStringSearch(model, prompt, settings).IsIn, indices[index]))];
        Run(model, prompts, settings, searches, cancellation);
        foreach (var (index, search) in searches.Index())
        {
            foreach (var (rank, hypothesis) in search.Finished.Take(settings.Count).Index())
            {
                var text = new ContinuationInProgress(model, prompts[index], settings, indices[index], rank);
                foreach (var token in hypothesis.Beam.Tokens)
                {
                    var step = text.Append(token);
                    yield return step with { Finished = step.Finished is { } whole ? whole with { Score = hypothesis.Score } : null };
                }
            }
        }
    }

    private static void Run(
        LanguageModel model, IReadOnlyList<TokenSequence> prompts, SamplingSettings settings, IReadOnlyList<BeamSearch> searches, CancellationToken cancellation)
    {
        var longest = prompts.Max(prompt => prompt.Count);
        using var cache = model.CreateCache(prompts.Count * settings.Beams, (int)Math.Min((long)longest + settings.MaxTokens, model.Shape.TokenLimit), settings.Interventions);
        var logits = cache.Prefill([.. prompts.Select(prompt => prompt.Ids)], cancellation);
        while (true)
        {
            var rows = new List<int>();
            var tokens = new List<int>();
            var first = 0;
            foreach (var search in searches.Where(search => !search.IsDone).ToList())
            {
                var count = search.Running.Count;
                search.Advance(logits.Slice(first * cache.VocabularySize, count * cache.VocabularySize));
                rows.AddRange(search.Running.Select(beam => first + beam.Row));
                tokens.AddRange(search.Running.Select(beam => beam.Ids[^1]));
                first += count;
            }

            if (rows.Count == 0)
            {
                return;
            }

            cache.Select(rows);
            logits = cache.Step(tokens, cancellation);
        }
    }
}
