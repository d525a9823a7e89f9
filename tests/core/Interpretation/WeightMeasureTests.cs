using Gptx.Interpretation;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Interpretation;

public class WeightMeasureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Moments_are_those_of_the_formula()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 31 });
        using var model = checkpoint.Load();
        var found = WeightMeasure.Of(model, [1], "*.attn.c_proj.weight", bins: 7, Cancellation).Single();
        double[] numbers = [.. model.Checkpoint.Tensors[found.Name].ReadSingles().Select(number => (double)number)];
        var mean = numbers.Average();
        double Moment(int power) => numbers.Average(number => Math.Pow(number - mean, power));
        Assert.Equal((numbers.Length, numbers.Min(), numbers.Max()), (found.Count, found.Min, found.Max));
        Assert.Equal(mean, found.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(Moment(2)), found.StandardDeviation, 1e-12);
        Assert.Equal(Moment(3) / Math.Pow(Moment(2), 1.5), found.Skewness!.Value, 1e-9);
        Assert.Equal((Moment(4) / (Moment(2) * Moment(2))) - 3, found.ExcessKurtosis!.Value, 1e-9);
        Assert.Equal((7, numbers.Length), (found.Histogram.Count, found.Histogram.Sum()));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(3, 2)]
    [InlineData(5, 5)]
    public void Windows_are_averaged_where_they_fit(int window, int? stride)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 32 });
        using var model = checkpoint.Load();
        var matrix = WeightMeasure.Matrix(model, "*.0.mlp.c_fc.weight", window, stride, Cancellation);
        var numbers = model.Checkpoint.Tensors[matrix.Name].ReadSingles();
        var step = stride ?? window;
        Assert.Equal(((matrix.Rows - window) / step) + 1, matrix.Values.Length);
        for (var row = 0; row < matrix.Values.Length; row++)
        {
            Assert.Equal(((matrix.Columns - window) / step) + 1, matrix.Values[row].Length);
            for (var column = 0; column < matrix.Values[row].Length; column++)
            {
                var inside = from y in Enumerable.Range(row * step, window) from x in Enumerable.Range(column * step, window) select (double)numbers[(y * matrix.Columns) + x];
                Assert.Equal(inside.Average(), matrix.Values[row][column], 1e-6);
            }
        }
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        Refuses("MatrixNotFound", () => WeightMeasure.Of(model, null, "nothing", cancellation: Cancellation));
        Refuses("MatrixNotFound", () => WeightMeasure.Matrix(model, "*.mlp.c_fc.weight", cancellation: Cancellation));
        Refuses("BlockOutOfRange", () => WeightMeasure.Of(model, [99], cancellation: Cancellation));
        Refuses("OptionOutOfRange", () => WeightMeasure.Matrix(model, "*.0.mlp.c_fc.weight", 9999, cancellation: Cancellation));

        static void Refuses(string errorId, Func<object> run) => Assert.Equal(errorId, Assert.Throws<GptxException>(run).ErrorId);
    }
}
