using System.Runtime.InteropServices;

namespace Gptx.Tokenization.Training;

/// <summary>Two tokens beside each other, by their ids.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenPair(int Left, int Right)
{
    public override int GetHashCode() => unchecked((int)(((((ulong)(uint)Left << 32) | (uint)Right) * 0x9E3779B97F4A7C15) >> 32));
}
