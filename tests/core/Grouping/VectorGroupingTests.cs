using Gptx.Grouping;
using Gptx.Projection;

namespace Gptx.Tests.Grouping;

public class VectorGroupingTests
{
    [Fact]
    public void Clouds_apart_are_found_and_their_number_too()
    {
        var (vectors, kinds) = Clouds(4, 50);
        foreach (int? count in new int?[] { 4, null })
        {
            var found = VectorGrouping.Of(vectors, new GroupingOptions { Groups = count, Metric = ProjectionMetric.Euclidean }, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal(4, found.Groups.Count);
            Assert.InRange(found.Silhouette!.Value, 0.5, 1);
            Assert.All(found.Vectors.GroupBy(vector => vector.Group), group => Assert.Single(group.Select(vector => kinds[vector.Index]).Distinct()));
            Assert.Equal(vectors.Count, found.Groups.Sum(group => group.Size));
            Assert.All(found.Groups, group => Assert.Equal(
                found.Vectors.Where(vector => vector.Group == group.Group).MinBy(vector => vector.Distance)!.Text, group.Representatives[0]));
        }
    }

    [Fact]
    public void Each_vector_is_with_its_nearest_centre()
    {
        var (vectors, _) = Clouds(7, 30);
        var found = VectorGrouping.Of(vectors, new GroupingOptions { Groups = 5, Metric = ProjectionMetric.Euclidean }, cancellation: TestContext.Current.CancellationToken);
        var centres = found.Groups.Select(group => Enumerable.Range(0, 6).Select(column => group.Members.Average(member => (double)vectors[member.Index].Vector[column])).ToArray()).ToArray();
        Assert.All(found.Vectors, vector =>
        {
            var distances = centres.Select(centre => Math.Sqrt(centre.Zip(vectors[vector.Index].Vector, (a, b) => (a - b) * (a - b)).Sum())).ToArray();
            Assert.Equal(distances.Min(), distances[vector.Group], 1e-9);
            Assert.Equal(distances[vector.Group], vector.Distance, 1e-6);
        });
    }

    [Theory]
    [InlineData(ProjectionMetric.Cosine)]
    [InlineData(ProjectionMetric.Euclidean)]
    public void The_same_groups_at_any_number_of_threads(ProjectionMetric metric)
    {
        var (vectors, _) = Clouds(3, 80);
        var options = new GroupingOptions { Groups = 6, Metric = metric };
        Assert.Equal(
            VectorGrouping.Of(vectors, options with { Threads = 1 }, cancellation: TestContext.Current.CancellationToken).Vectors,
            VectorGrouping.Of(vectors, options with { Threads = 3 }, cancellation: TestContext.Current.CancellationToken).Vectors);
    }

    [Fact]
    public void Equal_vectors_and_as_many_groups_as_vectors_leave_no_group_empty()
    {
        var equal = Enumerable.Range(0, 6).Select(index => new NamedVector($"{index}", [1, 2])).ToList();
        Assert.All(VectorGrouping.Of(equal, new GroupingOptions { Groups = 6 }, cancellation: TestContext.Current.CancellationToken).Groups, group => Assert.Equal(1, group.Size));
        Assert.All(VectorGrouping.Of(equal, new GroupingOptions { Groups = 2 }, cancellation: TestContext.Current.CancellationToken).Groups, group => Assert.True(group.Size > 0));
        var error = Assert.Throws<GptxException>(() => VectorGrouping.Of(equal, new GroupingOptions { Groups = 7 }, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal("OptionOutOfRange", error.ErrorId);
    }

    private static (List<NamedVector> Vectors, int[] Kinds) Clouds(int count, int size)
    {
        var random = new Random(count);
        var (vectors, kinds) = (new List<NamedVector>(), new List<int>());
        for (var kind = 0; kind < count; kind++)
        {
            var centre = Enumerable.Range(0, 6).Select(_ => (random.NextDouble() * 40) - 20).ToArray();
            for (var point = 0; point < size; point++)
            {
                vectors.Add(new NamedVector($"{kind}.{point}", [.. centre.Select(value => (float)(value + random.NextDouble()))]));
                kinds.Add(kind);
            }
        }

        return (vectors, [.. kinds]);
    }
}
