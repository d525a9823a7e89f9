namespace Gptx.Projection;

/// <summary>What a projection is doing.</summary>
public enum ProjectionStage
{
    /// <summary>Looking for each point's neighbours.</summary>
    Neighbours,

    /// <summary>Making a first layout.</summary>
    Start,

    /// <summary>Moving the points.</summary>
    Layout,

    /// <summary>Measuring the layout.</summary>
    Quality,
}

/// <summary>How far a projection is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Rows or rounds that are done.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct ProjectionProgress(ProjectionStage Stage, int Done, int Total);
