using System.Text.Json;

namespace Gptx.Analyses;

/// <summary>What makes a text unusual.</summary>
public enum UnusualBy
{
    /// <summary>Its mean surprisal a token under a language model, in nats.</summary>
    Surprisal,

    /// <summary>The mean distance of its vector from the nearest others.</summary>
    Distance,
}

/// <summary>A text that is unlike the others.</summary>
/// <param name="Rank">1 for the most unusual.</param>
/// <param name="RowId">What names the row: a string, or a whole number where its file has one.</param>
/// <param name="Text">Its text; null where its file has none.</param>
/// <param name="Score">Nats a token, or the mean distance from the nearest others.</param>
/// <param name="Deviation">How far the score is from the median of all, in robust standard deviations (1.4826 times the median absolute deviation; Iglewicz and Hoaglin 1993 take 3.5 for an outlier); 0 where all scores but few are equal.</param>
/// <param name="By">What the score is.</param>
public sealed record UnusualText(int Rank, object RowId, string? Text, double Score, double Deviation, UnusualBy By)
{
    /// <summary>Fields of the row that were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Kept { get; init; } = [];

    /// <summary>The text.</summary>
    public override string ToString() => Text ?? $"{RowId}";
}

/// <summary>The most unusual of some texts.</summary>
/// <param name="Texts">The most unusual, first the most.</param>
/// <param name="Scores">The scores of all texts, in their order.</param>
/// <param name="Unscored">How many texts have no score: those of a single token have no surprisal.</param>
/// <param name="By">What the scores are.</param>
/// <param name="Median">The median of all scores.</param>
public sealed record UnusualTexts(IReadOnlyList<UnusualText> Texts, IReadOnlyList<double> Scores, long Unscored, UnusualBy By, double Median);
