namespace Gptx.Figures;

/// <summary>A matrix as coloured cells.</summary>
/// <param name="Values">The numbers, row by row, all rows equally long; one that is not finite is left blank.</param>
/// <param name="Scale">Their colours.</param>
public sealed record Heatmap(IReadOnlyList<IReadOnlyList<float>> Values, ColourScale Scale) : Panel
{
    /// <summary>What the rows are; null for none. Thinned where they do not fit.</summary>
    public IReadOnlyList<string>? RowLabels { get; init; }

    /// <summary>What the columns are; null for none. Thinned where they do not fit.</summary>
    public IReadOnlyList<string>? ColumnLabels { get; init; }

    /// <summary>What a row is, for example <c>query</c>.</summary>
    public string? RowTitle { get; init; }

    /// <summary>What a column is, for example <c>key</c>.</summary>
    public string? ColumnTitle { get; init; }

    /// <summary>Whether the labels are only for the hover of HTML, as in a grid of small maps.</summary>
    public bool HidesRowLabels { get; init; }

    /// <summary>Whether the labels are only for the hover of HTML, as in a grid of small maps.</summary>
    public bool HidesColumnLabels { get; init; }

    /// <summary>Height of a cell; null makes cells square.</summary>
    public double? CellHeight { get; init; }

    /// <summary>The largest width of a cell.</summary>
    public double LargestCell { get; init; } = 26;

    /// <summary>Texts written into the cells, as many as values; null for none.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? CellTexts { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows => Values.Count;

    /// <summary>Number of columns.</summary>
    public int ColumnCount => Values.Count == 0 ? 0 : Values[0].Count;
}
