using System.Text;

namespace Gptx.Tokenization;

/// <summary>Writes the text's UTF-8 bytes in GPT-2's byte alphabet.</summary>
internal sealed class ByteLevelNormalizer : INormalizer
{
    public bool IsLocal => true;

    public AlignedText Normalize(AlignedText text)
    {
        var rewriter = new TextRewriter(text);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in text.Span.EnumerateRunes())
        {
            rewriter.Drop();
            foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                rewriter.Insert(new Rune(ByteAlphabet.CharacterOf(value)));
            }
        }

        return rewriter.ToText();
    }
}
