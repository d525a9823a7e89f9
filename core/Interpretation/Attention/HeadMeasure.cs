using Gptx.Activations;
using Gptx.Inference;

namespace Gptx.Interpretation;

/// <summary>Measures what heads look at.</summary>
public static class HeadMeasure
{
    /// <summary>How long the random row is that comes twice, where the context has room for it.</summary>
    public const int UsualRepeat = 25;

    /// <summary>Statistics of every head over one text, block by block.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="repeated">A row of tokens that comes twice, for the induction scores; null measures them where the text is such a row itself, and nowhere else.</param>
    /// <param name="index">Which text of the input.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="GptxException"><c>ActivationNotInGraph</c>: an ONNX model whose attention keeps its pattern to itself.</exception>
    public static IReadOnlyList<HeadStatistics> Of(
        LanguageModel model, TokenSequence text, TokenSequence? repeated = null, int index = 0, CancellationToken cancellation = default)
    {
        var isTwice = IsTwice(text.Ids);
        var induction = isTwice ? text : repeated;
        var scores = induction is null || isTwice ? null : BlockPatterns.Of(model, induction, cancellation).Select(InductionOf).ToList();
        var on = isTwice ? "text" : repeated is null ? null : "random";
        var results = new List<HeadStatistics>();
        foreach (var (block, patterns) in BlockPatterns.Of(model, text, cancellation).Index())
        {
            var own = isTwice ? InductionOf(patterns) : scores?[block];
            results.AddRange(Enumerable.Range(0, patterns.Shape[0]).Select(head =>
                Read(patterns[head]) with { Text = text.Label, Index = index, Block = block, Head = head, Induction = own?[head].Induction, DuplicateToken = own?[head].Duplicate, InductionOn = on, Model = model.Name }));
        }

        return results;
    }

    /// <summary>Random tokens of the vocabulary, a row that comes twice: nothing but its repetition says what comes next.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">The same seed gives the same row.</param>
    /// <param name="length">Its length; cut to half the context.</param>
    public static TokenSequence RandomRepeated(LanguageModel model, ulong seed = 0, int length = UsualRepeat)
    {
        if (length < 2)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"repeat {length} is not allowed: it must be at least 2");
        }

        var row = new int[Math.Min(length, Math.Max(2, model.Shape.ContextLength / 2))];
        var state = seed;
        for (var position = 0; position < row.Length; position++)
        {
            row[position] = (int)(SplitMix(ref state) % (ulong)model.Shape.VocabularySize);
        }

        return TokenSequence.FromIds(model, [.. row, .. row]);
    }

    /// <summary>Whether a row of tokens comes twice, and nothing else.</summary>
    internal static bool IsTwice(IReadOnlyList<int> ids) =>
        ids.Count >= 4 && ids.Count % 2 == 0 && ids.Take(ids.Count / 2).SequenceEqual(ids.Skip(ids.Count / 2));

    private static HeadStatistics Read(Activation pattern)
    {
        var length = pattern.Shape[0];
        var (entropy, distance, first, previous, self) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var query = 0; query < length; query++)
        {
            var row = pattern[query].Values.Span;
            for (var key = 0; key < length; key++)
            {
                double share = row[key];
                entropy -= share > 0 ? share * Math.Log(share) : 0;
                distance += share * Math.Abs(query - key);
            }

            self += row[query];
            first += query > 0 ? row[0] : 0;
            previous += query > 0 ? row[query - 1] : 0;
        }

        double? Later(double sum) => length > 1 ? sum / (length - 1) : null;
        return new HeadStatistics("", 0, 0, 0, entropy / length, distance / length, Later(first), Later(previous), self / length, null, null, null, "");
    }

    private static (double Induction, double Duplicate)[] InductionOf(Activation patterns)
    {
        var half = patterns.Shape[1] / 2;
        return [.. Enumerable.Range(0, patterns.Shape[0]).Select(head =>
        {
            var (induction, duplicate) = (0.0, 0.0);
            for (var query = half; query < 2 * half; query++)
            {
                var row = patterns[head][query].Values.Span;
                induction += row[query - half + 1];
                duplicate += row[query - half];
            }

            return (induction / half, duplicate / half);
        })];
    }

    /// <summary>Steele, Lea and Flood 2014.</summary>
    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
