using Gptx.Analyses;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Analyses;

/// <summary>Duplicates beside a plain comparison of all with all.</summary>
public class DuplicateSearchTests
{
    private const double Border = 1e-6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 400, 3, 0.9)]
    [InlineData(2, 900, 7, 0.95)]
    [InlineData(3, 1100, 16, 0.8)]
    [InlineData(4, 1700, 33, 0.99)]
    [InlineData(5, 50, 1, 0.5)]
    public void Groups_are_the_connected_components_of_near_pairs(int seed, int count, int width, double threshold)
    {
        var random = new Random(seed);
        var rows = WithoutBorder(SomeRows.Clusters(random, count, width, count / 12, 0.3), threshold);
        rows[rows.Count / 2] = new float[width];
        var texts = rows.Select((_, row) => random.Next(15) == 0 ? "the same text" : $"text {row}").ToList();
        var expected = Components(rows, texts, threshold);
        foreach (var threads in (int[])[1, 0])
        {
            using var found = DuplicateSearch.Of(SomeRows.Of(rows, row => texts[row]), new DuplicateOptions { Threshold = threshold, Threads = threads }, cancellation: Cancellation);
            Assert.Equal(expected, found.Groups.Select(group => group.Members.Select(member => (int)(long)member.RowId)));
            Assert.Equal(rows.Count - expected.Sum(group => group.Length - 1), found.Distinct);
            Assert.All(found.Groups, group =>
            {
                var first = group.Members[0];
                Assert.Equal((group.RowId, group.Text), (first.RowId, first.Text));
                Assert.All(group.Members, member => Assert.Equal((member == first, member.Text == first.Text), (member.IsRepresentative, member.IsExact)));
                Assert.All(group.Members.Skip(1), member => Assert.Equal(Cosine(rows[(int)(long)first.RowId], rows[(int)(long)member.RowId]), member.Score, 1e-9));
            });
        }
    }

    [Fact]
    public void Rows_that_do_not_fit_into_memory_give_the_same_groups()
    {
        var rows = SomeRows.Clusters(new Random(8), 3000, 160, 150, 0.4);
        string Text(int row) => $"{new string('x', 300 + (row % 7))}{row}";
        using var inMemory = DuplicateSearch.Of(SomeRows.Of(rows, Text), new DuplicateOptions { Threshold = 0.9 }, cancellation: Cancellation);
        using var onDisk = DuplicateSearch.Of(SomeRows.Of(rows, Text), new DuplicateOptions { Threshold = 0.9, MaxMemory = 1 << 20 }, cancellation: Cancellation);
        Assert.True(inMemory.GroupCount > 10);
        Assert.Equal(inMemory.Groups.SelectMany(group => group.Members), onDisk.Groups.SelectMany(group => group.Members), (a, b) => a with { Kept = [] } == b with { Kept = [] });
    }

    [Fact]
    public void Equal_texts_are_found_without_a_model()
    {
        string[] texts = ["a", "b", "a", "A", "b ", "b", "a"];
        using var found = DuplicateSearch.OfTexts(AnalysedText.Of(texts), new DuplicateOptions(), cancellation: Cancellation);
        Assert.Equal([[0L, 2L, 6L], [1L, 5L]], found.Groups.Select(group => group.Members.Select(member => member.RowId)));
        Assert.All(found.Groups.SelectMany(group => group.Members), member => Assert.True(member.IsExact));
        Assert.Equal(["a", "b", "A", "b "], found.DistinctRows.Select(row => row.Text));
    }

    [Fact]
    public void Without_rows_there_are_no_duplicates()
    {
        using var found = DuplicateSearch.Of(SomeRows.Of([]), new DuplicateOptions(), cancellation: Cancellation);
        Assert.Equal((0, 0, 0), (found.Rows, found.GroupCount, found.Distinct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_threshold_out_of_range_is_refused(double threshold) =>
        Refusal.Expect("OptionOutOfRange", () => DuplicateSearch.Of(SomeRows.Of([]), new DuplicateOptions { Threshold = threshold }, cancellation: Cancellation));

    // Rows of which no two are so near the threshold that rounding decides.
    private static List<float[]> WithoutBorder(float[][] rows, double threshold)
    {
        var kept = new List<float[]>();
        foreach (var row in rows)
        {
            if (kept.TrueForAll(other => Math.Abs(Cosine(row, other) - threshold) > Border))
            {
                kept.Add(row);
            }
        }

        return kept;
    }

    private static double Cosine(float[] one, float[] other)
    {
        var (product, square, otherSquare) = (0.0, 0.0, 0.0);
        for (var column = 0; column < one.Length; column++)
        {
            product += (double)one[column] * other[column];
            square += (double)one[column] * one[column];
            otherSquare += (double)other[column] * other[column];
        }

        return square == 0 || otherSquare == 0 ? 0 : product / Math.Sqrt(square) / Math.Sqrt(otherSquare);
    }

    private static int[][] Components(List<float[]> rows, List<string> texts, double threshold)
    {
        var group = Enumerable.Range(0, rows.Count).ToArray();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var other = 0; other < row; other++)
            {
                if (group[row] != group[other] && (texts[row] == texts[other] || Cosine(rows[row], rows[other]) >= threshold))
                {
                    var (one, two) = (group[row], group[other]);
                    group = Array.ConvertAll(group, number => number == one ? two : number);
                }
            }
        }

        return [.. Enumerable.Range(0, rows.Count).GroupBy(row => group[row]).Where(rowsOfGroup => rowsOfGroup.Count() > 1).Select(rowsOfGroup => rowsOfGroup.ToArray())];
    }
}
