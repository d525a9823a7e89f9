using System.Buffers;
using System.Text;

namespace Gptx.Tokenization;

/// <summary>Tokens in GPT-2's byte alphabet: their bytes, one after the other, are UTF-8; what is no UTF-8 becomes U+FFFD.</summary>
internal sealed class ByteLevelDecoder : ITokenDecoder
{
    public ITokenDecoding Begin() => new Run();

    private sealed class Run : ITokenDecoding
    {
        private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

        public string Append(string token)
        {
            byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(token.Length));
            try
            {
                return Take(bytes.AsSpan(0, BytesOf(token, bytes)), flush: false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        public string Finish() => Take([], flush: true);

        private string Take(ReadOnlySpan<byte> bytes, bool flush)
        {
            char[] characters = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(bytes.Length));
            try
            {
                int count = _utf8.GetChars(bytes, characters, flush);
                return count == 0 ? "" : new string(characters, 0, count);
            }
            finally
            {
                ArrayPool<char>.Shared.Return(characters);
            }
        }

        // A token with a character outside the alphabet, such as an added one with a space, is its own text.
        private static int BytesOf(string token, byte[] bytes)
        {
            for (int i = 0; i < token.Length; i++)
            {
                int value = ByteAlphabet.ByteOf(token[i]);
                if (value < 0)
                {
                    return Encoding.UTF8.GetBytes(token, bytes);
                }

                bytes[i] = (byte)value;
            }

            return token.Length;
        }
    }
}
