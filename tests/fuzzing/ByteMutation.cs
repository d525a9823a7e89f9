namespace Gptx.Fuzzing;

/// <summary>Changes bytes without knowing what they mean: flips, cuts, copies and broken UTF-8.</summary>
internal static class ByteMutation
{
    private static readonly byte[][] Pieces =
        [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0], "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), ","u8.ToArray()];

    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var changed = new List<byte>(bytes);
        for (int i = random.Next(4); i >= 0 && changed.Count > 0; i--)
        {
            int at = random.Next(changed.Count);
            switch (random.Next(5))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 2:
                    changed.RemoveRange(at, Math.Min(changed.Count - at, 1 + random.Next(16)));
                    break;
                case 3:
                    changed.InsertRange(at, changed.GetRange(at, Math.Min(changed.Count - at, 1 + random.Next(64))));
                    break;
                default:
                    changed.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return [.. changed];
    }
}
