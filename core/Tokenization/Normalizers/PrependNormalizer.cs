using System.Text;

namespace Gptx.Tokenization;

/// <summary>Puts a text before all others but the empty one; it shares the source of the first character.</summary>
internal sealed class PrependNormalizer : INormalizer
{
    private readonly string _prefix;

    public PrependNormalizer(string prefix)
    {
        _prefix = prefix;
    }

    public AlignedText Normalize(AlignedText text) => Prepend(text, _prefix);

    public static AlignedText Prepend(AlignedText text, string prefix)
    {
        if (text.Length == 0 || prefix.Length == 0)
        {
            return text;
        }

        var rewriter = new TextRewriter(text);
        Rune.DecodeFromUtf16(text.Span, out Rune first, out _);
        rewriter.Drop();
        rewriter.Insert(prefix);
        rewriter.Insert(first);
        rewriter.KeepTo(text.Length);
        return rewriter.ToText();
    }
}
