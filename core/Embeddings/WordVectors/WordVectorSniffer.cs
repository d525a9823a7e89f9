using System.Text;

namespace Gptx.Embeddings;

/// <summary>Tells which format a file of word vectors has: from its ending, its first line, and what follows that.</summary>
internal static class WordVectorSniffer
{
    private const int Looked = 1 << 16;

    public static WordVectorFormat FormatOf(string path, Stream stream)
    {
        var bytes = new byte[(int)Math.Min(Looked, stream.Length)];
        stream.ReadExactly(bytes);
        if (bytes is [0x1F, 0x8B, ..] or [0x50, 0x4B, 3, 4, ..])
        {
            throw WordRows.Invalid(path, $"it is compressed ({(bytes[0] == 0x1F ? "gzip" : "zip")}): unpack it first");
        }

        if (path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
        {
            return WordVectorFormat.Word2VecBinary;
        }

        var end = bytes.AsSpan().IndexOf((byte)'\n');
        var first = Encoding.Latin1.GetString(bytes, 0, end < 0 ? bytes.Length : end).TrimStart('\u00EF', '\u00BB', '\u00BF').Trim();
        if (!WordVectorHeader.IsHeader(first))
        {
            return WordVectorFormat.GloVe;
        }

        // Numbers of float32 are never all text.
        var looksBinary = bytes.AsSpan(end + 1).ContainsAnyInRange<byte>(0, 8);
        return looksBinary ? WordVectorFormat.Word2VecBinary : WordVectorFormat.Word2VecText;
    }
}
