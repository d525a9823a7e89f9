using Gptx.Figures;
using Gptx.Inference;

namespace Gptx.Illustrations;

/// <summary>Attention maps: of one head, of the heads of a block, of one head of all blocks, or of all heads of all blocks.</summary>
public static class AttentionFigure
{
    private const int MostLabelsInGrid = 16;
    private const int MostColumns = 16;

    /// <summary>The colours of shares of attention: by the square root, since most are small.</summary>
    internal static ColourScale Scale { get; } = new(ColourMap.Viridis, 0, 1, "attention (share of a row, by the square root)") { Exponent = 0.5 };

    /// <summary>The figure of attention maps, a panel a map.</summary>
    public static Figure Of(IReadOnlyList<AttentionMap> maps)
    {
        int[] blocks = [.. maps.Select(map => map.Block).Distinct()];
        int[] heads = [.. maps.Select(map => map.Head).Distinct()];
        string[] texts = [.. maps.DistinctBy(map => map.Index).Select(map => map.Text)];
        var columns = Columns(blocks.Length, heads.Length, maps.Count);
        return new Figure($"Attention in {TitledText.Of(texts)}: {What(blocks, heads)}", [.. maps.Select((map, place) => Panel(map, place, columns, maps))])
        {
            Columns = columns,
            Caption = $"{Counting.Sentence(blocks, heads)} A row is a token that looks (query), a column a token looked at (key); a row sums to 1.{Blank(maps)} Model: {VisibleText.OneLine(maps[0].Model)}.",
        };
    }

    /// <summary>A pattern whose later tokens nobody sees, with these left blank; any other as it is.</summary>
    internal static IReadOnlyList<IReadOnlyList<float>> Seen(float[][] pattern) =>
        IsCausal(pattern) ? [.. pattern.Select((row, query) => (float[])[.. row[..(query + 1)], .. Enumerable.Repeat(float.NaN, row.Length - query - 1)])] : pattern;

    private static int Columns(int blocks, int heads, int count) => count == 1 ? 1
        : heads > 1 && blocks > 1 ? Math.Min(heads, MostColumns)
        : Math.Clamp((int)Math.Ceiling(Math.Sqrt(count)), 2, 4);

    private static string What(int[] blocks, int[] heads) => (blocks, heads) switch
    {
        ([var block], [var head]) => $"block {block}, head {head}",
        ([var block], _) => $"{heads.Length} heads of block {block}",
        (_, [var head]) => $"head {head} of {blocks.Length} blocks",
        _ => $"{heads.Length} heads of {blocks.Length} blocks",
    };

    private static Heatmap Panel(AttentionMap map, int place, int columns, IReadOnlyList<AttentionMap> maps)
    {
        string[] labels = [.. map.Tokens.Select((token, position) => map.Tokens.Count > 60 ? $"{position} {VisibleText.OfToken(token)}" : VisibleText.OfToken(token))];
        var isGrid = maps.Count > 1;
        var isCrowded = isGrid && (map.Tokens.Count > MostLabelsInGrid || columns > 4);
        var severalTexts = maps.Any(other => other.Index != map.Index);
        return new Heatmap(Seen(map.Pattern), Scale)
        {
            Title = isGrid ? $"{(severalTexts ? $"text {map.Index}: " : "")}{(columns > 8 ? $"{map.Block}.{map.Head}" : columns > 4 ? $"block {map.Block} head {map.Head}" : $"block {map.Block}, head {map.Head}")}" : null,
            LargestCell = isGrid ? 26 : 44,
            RowLabels = labels,
            ColumnLabels = labels,
            RowTitle = isGrid ? null : "query",
            ColumnTitle = isGrid ? null : "key",
            HidesRowLabels = isCrowded || (isGrid && !severalTexts && place % columns != 0),
            HidesColumnLabels = isCrowded || (isGrid && !severalTexts && place >= columns),
        };
    }

    private static string Blank(IReadOnlyList<AttentionMap> maps) => maps.All(map => IsCausal(map.Pattern)) ? " Blank: tokens that come later, which nobody sees." : "";

    private static bool IsCausal(float[][] pattern) => pattern.Length > 1 && pattern.Index().All(row => row.Item.AsSpan(row.Index + 1).IndexOfAnyExcept(0f) < 0);
}
