using System.Text.Json;
using Gptx.Interpretation;

namespace Gptx.Tests.Interpretation;

[Trait("Category", "Golden")]
public class WeightGoldenTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Weights_measure_as_in_the_reference()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            var expected = golden.Golden.GetProperty("weights");
            var count = 0;
            foreach (var block in expected.GetProperty("blocks").EnumerateArray())
            {
                var number = block.GetProperty("block").GetInt32();
                var found = WeightMeasure.Of(golden.Model, [number], cancellation: Cancellation).ToList();
                Same(block.GetProperty("all_matrices"), found.Single(weights => weights.Shape is null));
                Assert.Equal(block.GetProperty("matrices").EnumerateObject().Count() + 1, found.Count);
                foreach (var matrix in block.GetProperty("matrices").EnumerateObject())
                {
                    var weights = found.Single(weights => weights.Name.EndsWith($".{matrix.Name}.weight", StringComparison.Ordinal));
                    Assert.Equal(matrix.Value.GetProperty("shape").Deserialize<long[]>(), weights.Shape);
                    Same(matrix.Value, weights);
                    count++;
                }
            }

            output.WriteLine($"{golden.Name}: {count} matrices");
            Assert.True(count > 0);
        }
    }

    [Fact]
    public void Moving_averages_are_the_references()
    {
        foreach (var golden in InterpretationGolden.All())
        {
            using var findings = golden.Findings();
            var name = golden.Golden.GetProperty("weights").GetProperty("moving_average_of").GetString();
            for (var block = 0; block < golden.Model.Shape.Blocks; block++)
            {
                foreach (var stride in (int[])[1, 4])
                {
                    var average = WeightMeasure.Matrix(golden.Model, $"*.{block}.{name}.weight", 4, stride, Cancellation);
                    var tensor = findings.Tensors[$"weights.{block}.moving_average_4x4.stride_{stride}"];
                    Assert.Equal(tensor.Shape, [average.Values.Length, average.Values[0].Length]);
                    Assert.InRange(Golden.Difference(tensor, 0, [.. average.Values.SelectMany(row => row)]), 0, 1e-6);
                    Assert.Equal(block, average.Block);
                }
            }
        }
    }

    private static void Same(JsonElement expected, WeightStatistics found)
    {
        (string Name, double? Value)[] pairs =
        [
            ("count", found.Count), ("min", found.Min), ("max", found.Max), ("mean", found.Mean), ("std", found.StandardDeviation),
            ("skew", found.Skewness), ("excess_kurtosis", found.ExcessKurtosis),
        ];
        Assert.All(pairs, pair => Assert.Equal(expected.GetProperty(pair.Name).GetDouble(), pair.Value!.Value, 1e-9));
        var histogram = expected.GetProperty("histogram").Deserialize<long[]>()!;
        Assert.Equal(histogram.Length, found.Histogram.Count);

        // A value on an edge may fall to either side.
        var (mine, theirs) = (0L, 0L);
        Assert.All(histogram.Zip(found.Histogram), pair =>
        {
            (mine, theirs) = (mine + pair.Second, theirs + pair.First);
            Assert.InRange(mine - theirs, -1, 1);
        });
        Assert.Equal(found.Count, found.Histogram.Sum());
    }
}
