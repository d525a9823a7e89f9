using System.Text;

namespace Gptx.Tokenization;

/// <summary>The tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c> that stand for the bytes of what a vocabulary lacks.</summary>
internal static class ByteTokens
{
    /// <summary>The tokens of a text's bytes; false unless the vocabulary has all of them.</summary>
    public static bool TryFind(TokenTable vocabulary, string text, out int[] ids, out string[] names)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        ids = new int[bytes.Length];
        names = new string[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            names[i] = $"<0x{bytes[i]:X2}>";
            if (!vocabulary.TryGetId(names[i], out ids[i]))
            {
                return false;
            }
        }

        return true;
    }
}
