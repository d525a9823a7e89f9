using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Gptx.Figures.Png;

/// <summary>Writes PNG files (ISO/IEC 15948): 8 bits, with a palette or in true colour, not interlaced, every line unfiltered.</summary>
internal static class PngImage
{
    private const byte Indexed = 3;
    private const byte TrueColour = 2;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <summary>A picture whose pixels are indices of a palette.</summary>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="indices">The pixels, line by line.</param>
    /// <param name="palette">At most 256 colours.</param>
    /// <param name="clear">The index that lets the ground through; null for none.</param>
    public static byte[] OfPalette(int width, int height, byte[] indices, IReadOnlyList<Rgb> palette, int? clear)
    {
        using var file = Begin(width, height, Indexed);
        Chunk(file, "PLTE", [.. palette.SelectMany(colour => new[] { colour.R, colour.G, colour.B })]);
        if (clear is { } index)
        {
            Chunk(file, "tRNS", [.. Enumerable.Repeat((byte)255, index), 0]);
        }

        return End(file, indices, width, height);
    }

    /// <summary>A picture in true colour.</summary>
    /// <param name="width">Pixels a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="rgb">Red, green and blue of each pixel, line by line.</param>
    public static byte[] OfColours(int width, int height, byte[] rgb)
    {
        using var file = Begin(width, height, TrueColour);
        return End(file, rgb, 3 * width, height);
    }

    private static MemoryStream Begin(int width, int height, byte kind)
    {
        var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, kind);
        Chunk(file, "IHDR", header);
        return file;
    }

    private static byte[] End(MemoryStream file, byte[] pixels, int bytesOfLine, int height)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var line = 0; line < height; line++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels, line * bytesOfLine, bytesOfLine);
            }
        }

        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(name), .. content];
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(checkedPart));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc = CrcTable[(crc ^ each) & 0xFF] ^ (crc >> 8);
        }

        return crc ^ uint.MaxValue;
    }

    private static uint CrcOf(int index)
    {
        var crc = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return crc;
    }
}
