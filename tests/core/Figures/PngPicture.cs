using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Gptx.Tests.Figures;

/// <summary>A PNG as the standard says it is read: signature, chunks with their checksums, one zlib stream, unfiltered lines.</summary>
internal sealed record PngPicture(int Width, int Height, int ColourType, byte[] Pixels, byte[] Palette)
{
    private const int Steps = 2;

    public static PngPicture Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<(string Name, byte[] Content)>();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var named = file.AsSpan(at + 4, 4 + length);
            Assert.Equal(Crc(named), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(named[..4]), named[4..].ToArray()));
            at += 12 + length;
        }

        Assert.Equal("IHDR", chunks[0].Name);
        Assert.Equal("IEND", chunks[^1].Name);
        var header = chunks[0].Content;
        var (width, height, type) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)), header[9]);
        Assert.Equal([8, type, 0, 0, 0], header[8..]);
        using var packed = new MemoryStream([.. chunks.Where(chunk => chunk.Name == "IDAT").SelectMany(chunk => chunk.Content)]);
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        var line = (width * (type == 2 ? 3 : 1)) + 1;
        Assert.Equal(line * (long)height, raw.Length);
        byte[][] lines = [.. raw.ToArray().Chunk(line)];
        Assert.All(lines, each => Assert.Equal(0, each[0]));
        return new PngPicture(width, height, type, [.. lines.SelectMany(each => each.Skip(1))], chunks.FirstOrDefault(chunk => chunk.Name == "PLTE").Content ?? []);
    }

    /// <summary>Whether two pictures are of the same size and their pixels at most two steps apart.</summary>
    public static bool Near(PngPicture one, PngPicture other) => one.Width == other.Width && one.Height == other.Height && one.Palette.AsSpan().SequenceEqual(other.Palette)
        && one.Pixels.Zip(other.Pixels).All(pixel => Math.Abs(pixel.First - pixel.Second) <= Steps);

    // The checksum of the standard's annex, bit by bit.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc ^= each;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0xEDB88320 : 0);
            }
        }

        return ~crc;
    }
}
