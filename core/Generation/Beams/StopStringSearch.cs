using Gptx.Inference;

namespace Gptx.Generation.Beams;

/// <summary>Looks for stop strings in whole texts: beams part and come back, so no state is kept between tokens.</summary>
internal sealed class StopStringSearch(LanguageModel model, TokenSequence prompt, SamplingSettings settings)
{
    /// <summary>Whether what follows the prompt in <paramref name="ids"/>, decoded, has a stop string.</summary>
    public bool IsIn(int[] ids)
    {
        if (settings.StopStrings.Count == 0 || model.Tokenizer is null)
        {
            return false;
        }

        var decoder = model.Tokenizer.CreateDecodeStream(skipSpecialTokens: true);
        var stops = new StopStringMatcher(settings.StopStrings);
        foreach (var (position, id) in ids.Index())
        {
            var text = decoder.Append(id);
            if (position >= prompt.Count)
            {
                stops.Push(text);
            }
        }

        return stops.IsStopped;
    }
}
