namespace Gptx.Fuzzing;

/// <summary>Changes what binary headers are made of: numbers of 4 and 8 bytes are overwritten by those at which readers break.</summary>
internal static class NumberMutation
{
    private static readonly long[] Numbers =
        [0, 1, -1, 2, 3, 7, 255, 256, 32767, 65536, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue, long.MaxValue / 4, (1L << 62) + 1];

    /// <summary>A copy with one to four numbers before a border overwritten, or made somewhat larger or smaller.</summary>
    public static byte[] Mutate(byte[] bytes, int border, Random random)
    {
        byte[] changed = [.. bytes];
        for (int i = random.Next(4); i >= 0; i--)
        {
            int width = random.Next(2) == 0 ? 4 : 8;
            if (border < width)
            {
                break;
            }

            Span<byte> place = changed.AsSpan(random.Next(border - width + 1), width);
            long number = random.Next(3) == 0 ? Read(place) + random.Next(-2, 3) : Numbers[random.Next(Numbers.Length)];
            for (int at = 0; at < width; at++)
            {
                place[at] = (byte)(number >> (8 * at));
            }
        }

        return changed;
    }

    private static long Read(ReadOnlySpan<byte> place) => place.Length == 4 ? BitConverter.ToInt32(place) : BitConverter.ToInt64(place);
}
