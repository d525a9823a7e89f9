using System.Runtime.InteropServices;

namespace Gptx.Tokenization;

/// <summary>A stretch of a text, [<paramref name="Start"/>, <paramref name="End"/>), in UTF-16 units.</summary>
/// <param name="Start">The first unit.</param>
/// <param name="End">One past the last unit.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextRange(int Start, int End)
{
    /// <summary>The number of UTF-16 units.</summary>
    public int Length => End - Start;
}
