using Gptx.Figures.Colours;
using Gptx.Figures.Drawing;

namespace Gptx.Figures.Painting;

/// <summary>Draws arrows: a line and a head.</summary>
internal static class ArrowMarks
{
    private const double HeadLength = 9;
    private const double HeadWidth = 4;
    private const double Apart = 5;

    public static void Draw(Canvas canvas, AxisMap across, AxisMap upward, Arrows arrows)
    {
        foreach (var arrow in arrows.Items)
        {
            var (fromX, fromY, toX, toY) = (across[arrow.FromX], upward[arrow.FromY], across[arrow.ToX], upward[arrow.ToY]);
            var length = Math.Sqrt(((toX - fromX) * (toX - fromX)) + ((toY - fromY) * (toY - fromY)));
            if (length <= HeadLength + (2 * Apart))
            {
                continue;
            }

            // The arrow keeps away from the points at its ends, so that both are seen.
            var (unitX, unitY) = ((toX - fromX) / length, (toY - fromY) / length);
            var (tipX, tipY) = (toX - (unitX * Apart), toY - (unitY * Apart));
            var (neckX, neckY) = (tipX - (unitX * HeadLength), tipY - (unitY * HeadLength));
            var group = Theme.Group(arrows.Group);
            canvas.Segment(fromX + (unitX * Apart), fromY + (unitY * Apart), neckX, neckY, arrow.IsGuess ? $"line guess {group}" : $"line {group}");
            canvas.Path(
                $"M{Canvas.Number(tipX)} {Canvas.Number(tipY)}L{Canvas.Number(neckX - (unitY * HeadWidth))} {Canvas.Number(neckY + (unitX * HeadWidth))}"
                + $"L{Canvas.Number(neckX + (unitY * HeadWidth))} {Canvas.Number(neckY - (unitX * HeadWidth))}z",
                group);
        }
    }
}
