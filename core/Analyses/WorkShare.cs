namespace Gptx.Analyses;

/// <summary>How far a pass over rows is.</summary>
internal static class WorkShare
{
    private const long Whole = 10_000;

    /// <summary>A share of a pass; its total is 0 where nobody knows how much there is.</summary>
    public static WorkProgress Of(string what, double? share) => share is { } known ? new WorkProgress(what, (long)(Whole * known), Whole) : new WorkProgress(what, 0, 0);
}
