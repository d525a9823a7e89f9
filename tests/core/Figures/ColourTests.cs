using Gptx.Figures;
using Gptx.Figures.Colours;

namespace Gptx.Tests.Figures;

/// <summary>Colours: those of matplotlib, readable on both grounds.</summary>
public class ColourTests
{
    public static TheoryData<string> Maps => ["viridis", "magma", "cividis", "diverging"];

    // matplotlib 3.6: get_cmap(name, 256)(step), rounded to bytes.
    [Theory]
    [InlineData("viridis", 0, "440154")]
    [InlineData("viridis", 64, "3b528b")]
    [InlineData("viridis", 128, "21918c")]
    [InlineData("viridis", 192, "5ec962")]
    [InlineData("viridis", 255, "fde725")]
    [InlineData("magma", 0, "000004")]
    [InlineData("magma", 64, "51127c")]
    [InlineData("magma", 128, "b73779")]
    [InlineData("magma", 192, "fc8961")]
    [InlineData("magma", 255, "fcfdbf")]
    [InlineData("cividis", 0, "00224e")]
    [InlineData("cividis", 64, "434e6c")]
    [InlineData("cividis", 128, "7d7c78")]
    [InlineData("cividis", 192, "bcae6c")]
    [InlineData("cividis", 255, "fee838")]
    public void A_colour_is_that_of_matplotlib(string map, int step, string hex)
    {
        var (expected, actual) = (Rgb.Parse(hex), Find(map)[step]);
        Assert.InRange(Math.Abs(expected.R - actual.R), 0, 2);
        Assert.InRange(Math.Abs(expected.G - actual.G), 0, 2);
        Assert.InRange(Math.Abs(expected.B - actual.B), 0, 2);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Text_on_any_colour_has_the_contrast_that_WCAG_asks(string map) => Assert.All(Enumerable.Range(0, ColourMap.Steps), step =>
    {
        var ground = Find(map)[step];
        Assert.True(Contrast(ground, ground.WantsBlackText ? new Rgb(0, 0, 0) : new Rgb(255, 255, 255)) >= 4.5);
    });

    [Fact]
    public void Amounts_grow_lighter_all_the_way() => Assert.All(
        new[] { ColourMap.Viridis, ColourMap.Magma, ColourMap.Cividis },
        map => Assert.All(Enumerable.Range(0, ColourMap.Steps - 1), step => Assert.True(map[step + 1].Luminance >= map[step].Luminance - 0.002)));

    [Fact]
    public void Ink_and_groups_stand_out_from_both_grounds()
    {
        var sheets = Theme.Css.Split("@media");
        Assert.Equal(2, sheets.Length);
        foreach (var sheet in sheets)
        {
            var ground = Find(sheet, ".ground{fill:");
            Assert.True(Contrast(ground, Find(sheet, "text{" + (sheet == sheets[0] ? $"font:12px {Theme.Font};" : "") + "fill:")) >= 7);
            Assert.True(Contrast(ground, Find(sheet, ".muted{fill:")) >= 4.5);
            Assert.All(Enumerable.Range(0, Theme.Groups), group => Assert.True(Contrast(ground, Find(sheet, $".g{group}{{fill:")) >= 3));
        }
    }

    [Fact]
    public void A_scale_clips_and_leaves_out_what_is_no_number()
    {
        var scale = new ColourScale(ColourMap.Viridis, 0, 4, "x") { Exponent = 0.5 };
        Assert.Equal([0, 0, 128, 255, 255], new double[] { -1, 0, 1, 4, 9 }.Select(value => scale.Step(value)));
        Assert.Null(scale.Colour(double.NaN));
        Assert.Null(scale.Colour(double.NegativeInfinity));
        Assert.Equal(1, scale.ValueAt(0.5));
    }

    [Fact]
    public void A_signed_scale_has_zero_in_its_middle()
    {
        var scale = ColourScale.OfSigned([-1, 5, double.NaN], "x");
        Assert.Equal((-5, 5), (scale.Min, scale.Max));
        Assert.Equal(ColourMap.Diverging[128], scale.Colour(0));
        Assert.Equal((-1, 1), (ColourScale.OfSigned([], "x").Min, ColourScale.OfSigned([0], "x").Max));
    }

    private static ColourMap Find(string name) =>
        new[] { ColourMap.Viridis, ColourMap.Magma, ColourMap.Cividis, ColourMap.Diverging }.Single(map => map.Name == name);

    private static Rgb Find(string sheet, string rule) => Rgb.Parse(sheet.AsSpan(sheet.IndexOf(rule, StringComparison.Ordinal) + rule.Length + 1, 6));

    private static double Contrast(Rgb one, Rgb other) => (Math.Max(one.Luminance, other.Luminance) + 0.05) / (Math.Min(one.Luminance, other.Luminance) + 0.05);
}
