using System.Runtime.InteropServices;

namespace Gptx.Figures.Drawing;

/// <summary>A rectangle on the page, in pixels; y grows downward.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    public bool IsInside(Box other) => X >= other.X && Y >= other.Y && Right <= other.Right && Bottom <= other.Bottom;
}

/// <summary>Width and height, in pixels.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Extent(double Width, double Height);
