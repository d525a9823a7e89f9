using System.Text;

namespace Gptx.Tokenization.Training;

/// <summary>The lines of a stream of text, each with the line feed that ends it: the texts that the reference learns from when it is given files.</summary>
public static class TextLines
{
    /// <summary>UTF-16 units of the longest line that is kept whole. A longer one is cut before a white space, so that no memory is asked for without end.</summary>
    public const int Longest = 1 << 22;

    /// <summary>Reads lines as they are asked for.</summary>
    /// <param name="reader">The text; it is not closed.</param>
    public static IEnumerable<string> Of(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Read(reader, Longest);
    }

    internal static IEnumerable<string> Read(TextReader reader, int longest)
    {
        var line = new StringBuilder();
        char[] block = new char[1 << 16];
        int size;
        while ((size = reader.Read(block, 0, block.Length)) > 0)
        {
            int start = 0;
            while (Array.IndexOf(block, '\n', start, size - start) is >= 0 and int end)
            {
                line.Append(block, start, end + 1 - start);
                start = end + 1;
                foreach (string whole in Pieces(line, longest, isWhole: true))
                {
                    yield return whole;
                }
            }

            line.Append(block, start, size - start);
            foreach (string piece in Pieces(line, longest, isWhole: false))
            {
                yield return piece;
            }
        }

        foreach (string last in Pieces(line, longest, isWhole: true))
        {
            yield return last;
        }
    }

    private static IEnumerable<string> Pieces(StringBuilder line, int longest, bool isWhole)
    {
        while (line.Length > longest)
        {
            string text = line.ToString();
            int end = EndOfPiece(text.AsSpan(0, longest));
            line.Clear().Append(text, end, text.Length - end);
            yield return text[..end];
        }

        if (isWhole && line.Length > 0)
        {
            string text = line.ToString();
            line.Clear();
            yield return text;
        }
    }

    private static int EndOfPiece(ReadOnlySpan<char> text)
    {
        for (int i = text.Length - 1; i > 0; i--)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }

        return char.IsHighSurrogate(text[^1]) && text.Length > 1 ? text.Length - 1 : text.Length;
    }
}
