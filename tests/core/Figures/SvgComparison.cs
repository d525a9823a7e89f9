using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gptx.Tests.Figures;

/// <summary>
/// Whether two figures are the same to the eye: the same elements and texts, coordinates within a hundredth of a pixel of each other, cells whose colours differ by at
/// most two steps of 256. Another processor rounds the last digit of a model's numbers differently, and nobody can see that.
/// </summary>
internal static partial class SvgComparison
{
    private const double Coordinate = 0.021;
    private const int ColourPart = 6;

    public static void Same(string expected, string actual)
    {
        if (expected.ReplaceLineEndings("\n") == actual.ReplaceLineEndings("\n"))
        {
            return;
        }

        var (first, second) = (XDocument.Parse(expected), XDocument.Parse(actual));
        Assert.Equal(Cells(first), Cells(second), (one, other) => one.Cell == other.Cell && Near(one.Colour, other.Colour));
        Assert.Equal(Images(first), Images(second), PngPicture.Near);
        var (left, right) = (Rest(first), Rest(second));
        Assert.Equal(left.Count, right.Count);
        Assert.All(left.Zip(right), pair => SameWithNumbers(pair.First, pair.Second));
    }

    // A path of cells says M2 3h4v1h-4z: the cells 2 to 5 of row 3.
    private static List<(string Cell, string Colour)> Cells(XDocument svg) =>
    [
        .. svg.Descendants().Where(IsCells).Index().SelectMany(group => group.Item.Elements().SelectMany(path => Run().Matches((string)path.Attribute("d")!).SelectMany(run =>
            Enumerable.Range(int.Parse(run.Groups["x"].Value, CultureInfo.InvariantCulture), int.Parse(run.Groups["n"].Value, CultureInfo.InvariantCulture))
                .Select(x => (Cell: $"{group.Index}:{run.Groups["y"].Value}:{x}", Colour: (string)path.Attribute("fill")!))))).OrderBy(cell => cell.Cell, StringComparer.Ordinal),
    ];

    private static List<PngPicture> Images(XDocument svg) =>
        [.. svg.Descendants().Where(element => element.Name.LocalName == "image").Select(image => PngPicture.Read(Convert.FromBase64String(((string)image.Attribute("href")!).Split(',')[1])))];

    private static List<string> Rest(XDocument svg) =>
        [.. svg.Descendants().Where(element => !IsCells(element) && (element.Parent is null || !IsCells(element.Parent))).Select(element =>
            $"{element.Name.LocalName} {string.Join(' ', element.Attributes().Where(attribute => attribute.Name != "href").Select(attribute => $"{attribute.Name}={attribute.Value}"))} {(element.HasElements ? "" : element.Value)}")];

    private static bool IsCells(XElement element) => (string?)element.Attribute("class") == "cells";

    private static void SameWithNumbers(string expected, string actual)
    {
        if (expected == actual)
        {
            return;
        }

        Assert.Equal(Number().Replace(Colour().Replace(expected, "#"), "0"), Number().Replace(Colour().Replace(actual, "#"), "0"));
        Assert.All(Colour().Matches(expected).Zip(Colour().Matches(actual)), pair => Assert.True(Near(pair.First.Value, pair.Second.Value), $"{expected}\nis not\n{actual}"));
        var (left, right) = (Colour().Replace(expected, "#"), Colour().Replace(actual, "#"));
        Assert.All(Number().Matches(left).Zip(Number().Matches(right)), pair => Assert.True(
            Math.Abs(double.Parse(pair.First.Value, CultureInfo.InvariantCulture) - double.Parse(pair.Second.Value, CultureInfo.InvariantCulture)) < Coordinate, $"{expected}\nis not\n{actual}"));
    }

    private static bool Near(string one, string other) => one == other
        || Convert.FromHexString(one.AsSpan(1)).Zip(Convert.FromHexString(other.AsSpan(1))).All(part => Math.Abs(part.First - part.Second) <= ColourPart);

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<n>\d+)v1h-\d+z", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Run();

    [GeneratedRegex("#[0-9a-f]{6}", RegexOptions.None, 10_000)]
    private static partial Regex Colour();

    [GeneratedRegex(@"-?\d+(\.\d+)?", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Number();
}
