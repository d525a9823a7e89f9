using Gptx.Inference;

namespace Gptx.Tests.Inference;

/// <summary>The default model against its reference values: the float32 file, and the half-precision copy that is shipped.</summary>
[Trait("Category", "Golden")]
public class DefaultModelGoldenTests(ITestOutputHelper output)
{
    /// <summary>
    /// What storing weights as float16 costs; they are widened again and computed in float32. A weight keeps 11 bits, so it is off by at most 2^-11 = 4.9e-4
    /// of its size, and the errors of many weights mostly cancel. Measured as shares of the largest value: 1.0e-3 of a vector's first eight numbers
    /// after a block (their largest is below that of the whole vector), 3.1e-4 of the logits; probabilities are off by 2.4e-4, greedy ids are equal.
    /// The bounds leave a factor of two and of four.
    /// </summary>
    private const double HalvingCostsVectors = 2e-3;
    private const double HalvingCostsProbabilities = 1e-3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_float32_file_gives_the_references_numbers()
    {
        var golden = Compare(DefaultModelGolden.Folder);
        Assert.All(golden.Worst, worst => Assert.True(worst.Value <= 1e-4, $"{worst.Key}: {worst.Value:e2}"));
        Assert.Equal(golden.Cases, golden.SameContinuations);
    }

    [Fact]
    public void The_shipped_copy_gives_them_within_what_halving_costs()
    {
        var golden = Compare(ModelLocation.Embedded);
        Assert.All(golden.Worst.Where(worst => !worst.Key.EndsWith("place", StringComparison.Ordinal)), worst =>
        {
            var allowed = worst.Key.EndsWith("probabilities", StringComparison.Ordinal) ? HalvingCostsProbabilities : HalvingCostsVectors;
            Assert.True(worst.Value <= allowed, $"{worst.Key}: {worst.Value:e2}, {allowed:e0} is allowed");
        });
    }

    private DefaultModelGolden Compare(string nameOrPath)
    {
        _ = DefaultModelGolden.Folder;
        using var model = LanguageModel.Load(nameOrPath, new LoadOptions { Device = Device.Cpu });
        var golden = new DefaultModelGolden(model);
        golden.Compare(Cancellation);
        Assert.True(golden.Cases > 0, "no cases");
        output.WriteLine($"{nameOrPath}: {golden.Cases} cases, {golden.SameContinuations} with the same greedy continuation");
        foreach (var (what, error) in golden.Worst)
        {
            output.WriteLine($"  {what}: {error:e2}");
        }

        return golden;
    }
}
