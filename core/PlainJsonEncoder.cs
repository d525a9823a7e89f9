using System.Text;
using System.Text.Encodings.Web;

namespace Gptx;

/// <summary>Escapes in JSON what must be, and control characters; all else, emoji too, stays readable (.NET's own encoders escape those).</summary>
public sealed class PlainJsonEncoder : JavaScriptEncoder
{
    /// <summary>The one there is: it has no settings.</summary>
    public static PlainJsonEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is '"' or '\\' or 0x2028 or 0x2029 || (Rune.IsValid(unicodeScalar) && Rune.IsControl(new Rune(unicodeScalar)));

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        for (var position = 0; position < textLength;)
        {
            // Half of a surrogate pair is replaced, which counts as encoding.
            if (Rune.DecodeFromUtf16(rest[position..], out var rune, out var length) != System.Buffers.OperationStatus.Done || WillEncode(rune.Value))
            {
                return position;
            }

            position += length;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (WillEncode(unicodeScalar))
        {
            return UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        }

        return new Rune(unicodeScalar).TryEncodeToUtf16(new Span<char>(buffer, bufferLength), out numberOfCharactersWritten);
    }
}
