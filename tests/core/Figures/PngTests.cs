using Gptx.Figures;
using Gptx.Figures.Png;

namespace Gptx.Tests.Figures;

/// <summary>Pictures of matrices.</summary>
public class PngTests
{
    [Fact]
    public void A_pixel_is_a_cell_in_the_colour_of_its_scale()
    {
        var map = SampleFigures.Matrix(40, 30, 5);
        var picture = PngPicture.Read(MatrixImage.OfSteps(map));
        Assert.Equal((30, 40, 3), (picture.Width, picture.Height, picture.ColourType));
        Assert.All(picture.Pixels.Index(), pixel => Assert.Equal(
            map.Scale.Colour(map.Values[pixel.Index / 30][pixel.Index % 30]), new Rgb(picture.Palette[3 * pixel.Item], picture.Palette[(3 * pixel.Item) + 1], picture.Palette[(3 * pixel.Item) + 2])));
    }

    [Fact]
    public void Cells_without_a_value_are_clear()
    {
        var map = new Heatmap([[0f, float.NaN], [float.NegativeInfinity, 1f]], new ColourScale(ColourMap.Viridis, 0, 1, "x"));
        Assert.Equal([0, 255, 255, 254], PngPicture.Read(MatrixImage.OfSteps(map)).Pixels);
    }

    [Fact]
    public void A_figure_of_matrices_is_squares_of_pixels_on_white()
    {
        var figure = new Figure("two", [SampleFigures.Matrix(3, 3, 1), SampleFigures.Matrix(2, 3, 2)]) { Columns = 2 };
        var picture = PngPicture.Read(FigureWriter.ToPng(figure));
        Assert.Equal((3 * 16 * 2) + 8, picture.Width);
        Assert.Equal(3 * 16, picture.Height);
        var corner = ((Heatmap)figure.Panels[0]).Scale.Colour(((Heatmap)figure.Panels[0]).Values[0][0])!.Value;
        Assert.Equal([corner.R, corner.G, corner.B], picture.Pixels[..3]);
        Assert.Equal([255, 255, 255], picture.Pixels[^3..]);
    }

    [Fact]
    public void What_is_no_matrix_is_refused()
    {
        Assert.Equal("FigureNotMatrix", Assert.Throws<GptxException>(() => FigureWriter.ToPng(SampleFigures.All["scatter"])).ErrorId);
        Assert.Equal("FigureNotMatrix", Assert.Throws<GptxException>(() => FigureWriter.ToPng(new Figure("none", []))).ErrorId);
        float[] row = new float[40_000];
        var wide = new Heatmap([.. Enumerable.Repeat(row, 2000)], new ColourScale(ColourMap.Viridis, 0, 1, "x"));
        Assert.Equal("FigureTooLarge", Assert.Throws<GptxException>(() => FigureWriter.ToPng(Figure.Of("wide", wide))).ErrorId);
    }
}
