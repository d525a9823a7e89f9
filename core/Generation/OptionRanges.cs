using System.Numerics;

namespace Gptx.Generation;

/// <summary>What each option may be, and the one-line error where it is not.</summary>
internal static class OptionRanges
{
    private const int MostBeams = 1024;

    public static void Check(GenerationOptions options)
    {
        Whole("max-tokens", options.MaxTokens, least: 1);
        Whole("min-tokens", options.MinTokens, least: 0);
        if (options.MinTokens > options.MaxTokens)
        {
            throw Refuse("min-tokens", options.MinTokens.Value, $"it must be at most max-tokens, {options.MaxTokens}");
        }

        Between("temperature", options.Temperature, 0, 1000);
        Whole("top-k", options.TopK, least: 0);
        AboveZero("top-p", options.TopP);
        Between("min-p", options.MinP, 0, 1);
        AboveZero("typical-p", options.TypicalP);
        BelowOne("epsilon-cutoff", options.EpsilonCutoff);
        BelowOne("eta-cutoff", options.EtaCutoff);
        Between("repetition-penalty", options.RepetitionPenalty, 0.001, 1000);
        Between("presence-penalty", options.PresencePenalty, -100, 100);
        Between("frequency-penalty", options.FrequencyPenalty, -100, 100);
        Whole("no-repeat-ngram-size", options.NoRepeatNgramSize, least: 0);
        Whole("count", options.Count, least: 1);
        Whole("alternatives", options.Alternatives, least: 0);
        CheckLists(options);
        CheckBeams(options);
    }

    /// <summary>Refuses what only beam search heeds where there is none.</summary>
    /// <param name="asked">What the caller set.</param>
    /// <param name="beams">How many beams there are.</param>
    public static void CheckWithoutBeams(GenerationOptions asked, int beams)
    {
        if (beams == 1 && asked.LengthPenalty is { } penalty)
        {
            throw Refuse("length-penalty", penalty, "it needs at least 2 beams");
        }

        if (beams == 1 && asked.EarlyStopping is { } stopping)
        {
            throw Refuse("early-stopping", stopping.ToString().ToLowerInvariant(), "it needs at least 2 beams");
        }
    }

    private static void CheckBeams(GenerationOptions options)
    {
        if (options.Beams is < 1 or > MostBeams)
        {
            throw Refuse("beams", options.Beams.Value, $"it must be between 1 and {MostBeams}");
        }

        Between("length-penalty", options.LengthPenalty, -20, 20);
        if (options.EarlyStopping is { } stopping && !Enum.IsDefined(stopping))
        {
            throw Refuse("early-stopping", stopping, "it must be true, false or never");
        }

        if (options.Beams is > 1 && options.Count > options.Beams)
        {
            throw Refuse("count", options.Count.Value, $"it must be at most beams, {options.Beams}");
        }
    }

    private static void CheckLists(GenerationOptions options)
    {
        foreach (IReadOnlyList<int> word in options.BadWords ?? [])
        {
            if (word.Count == 0)
            {
                throw Refuse("bad-words", "[]", "each word needs at least one id");
            }

            foreach (int id in word)
            {
                Whole("bad-words", id, least: 0);
            }
        }

        foreach (int id in options.StopTokens)
        {
            Whole("stop-tokens", id, least: 0);
        }

        if (options.StopStrings.Any(string.IsNullOrEmpty))
        {
            throw Refuse("stop", "''", "it must have at least one character");
        }
    }

    // Each check is written so that NaN fails it.
    private static void Between(string name, double? value, double least, double most)
    {
        if (value is { } number && !(number >= least && number <= most))
        {
            throw Refuse(name, number, $"it must be between {least} and {most}");
        }
    }

    private static void AboveZero(string name, double? value)
    {
        if (value is { } number && !(number > 0 && number <= 1))
        {
            throw Refuse(name, number, "it must be above 0 and at most 1");
        }
    }

    private static void BelowOne(string name, double? value)
    {
        if (value is { } number && !(number >= 0 && number < 1))
        {
            throw Refuse(name, number, "it must be at least 0 and below 1");
        }
    }

    private static void Whole<T>(string name, T? value, T least)
        where T : struct, IBinaryInteger<T>
    {
        if (value is { } number && number < least)
        {
            throw Refuse(name, number, $"it must be at least {least}");
        }
    }

    private static GptxException Refuse(string name, object value, string allowed) =>
        new(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"{name} {value} is not allowed: {allowed}");
}
