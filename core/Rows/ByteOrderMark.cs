namespace Gptx.Rows;

/// <summary>The mark with which some texts begin: UTF-8's is left out, and UTF-16 and UTF-32, which are not read, are refused.</summary>
internal static class ByteOrderMark
{
    private static ReadOnlySpan<byte> Utf8 => [0xEF, 0xBB, 0xBF];

    /// <summary>Looks at the beginning of a file, and goes back to it.</summary>
    public static void Check(OpenSource open, string name)
    {
        var first = new byte[4];
        open.Stream.Seek(0, SeekOrigin.Begin);
        var count = open.Read(() => open.Stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false));
        Refuse(first.AsSpan(0, count), name);
        open.Stream.Seek(0, SeekOrigin.Begin);
    }

    /// <summary>The first line without its mark.</summary>
    /// <exception cref="GptxException"><c>InputEncodingNotSupported</c>.</exception>
    public static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> line, string name)
    {
        Refuse(line.Span, name);
        return line.Span.StartsWith(Utf8) ? line[Utf8.Length..] : line;
    }

    private static void Refuse(ReadOnlySpan<byte> first, string name)
    {
        if (first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputEncodingNotSupported", $"{name} is UTF-16 or UTF-32, as its first bytes say: convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)");
        }
    }
}
