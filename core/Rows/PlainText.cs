using System.Text;

namespace Gptx.Rows;

/// <summary>Bytes that should be a text: UTF-8, and without NUL, which is how binary files and UTF-16 show.</summary>
internal static class PlainText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text.</summary>
    /// <exception cref="GptxException"><c>RowUnreadable</c>.</exception>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
        {
            throw RowFault.Unreadable($"it has a NUL at byte {nul}: it must be UTF-8 text");
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw RowFault.Unreadable($"it is not UTF-8: byte {error.Index} is wrong there");
        }
    }
}
