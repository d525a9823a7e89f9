using System.Globalization;

namespace Gptx.Embeddings;

/// <summary>The first line of word2vec's formats: how many words, and how wide.</summary>
/// <param name="Words">The words.</param>
/// <param name="Width">The numbers of each.</param>
internal readonly record struct WordVectorHeader(int Words, int Width)
{
    /// <summary>Longer than any two numbers.</summary>
    public const int LongestLine = 100;

    /// <summary>Reads a line, and checks what it promises against the bytes that follow, of which a word needs one and a number <paramref name="bytesOfNumber"/>.</summary>
    /// <exception cref="GptxException"><c>VectorFileInvalid</c>.</exception>
    public static WordVectorHeader Read(string path, string line, long bytesLeft, int bytesOfNumber)
    {
        var fields = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 2 || !IsNumber(fields[0]) || !IsNumber(fields[1]))
        {
            throw WordRows.Invalid(path, $"its first line, '{WordRows.Shown(line)}', is not the number of words and the width");
        }

        if (!long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var words) || words > int.MaxValue
            || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var width) || width > int.MaxValue)
        {
            throw WordRows.Invalid(path, $"its first line asks for {fields[0]} words of width {fields[1]}: both must be from 1 to {int.MaxValue}");
        }

        if (words < 1 || width < 1)
        {
            throw WordRows.Invalid(path, $"its first line says {words} words of width {width}: both must be at least 1");
        }

        // In float64, which cannot overflow here.
        var needed = words * ((double)width * bytesOfNumber + 1);
        return needed <= bytesLeft + 1 ? new WordVectorHeader((int)words, (int)width) : throw WordRows.Invalid(
            path, $"its first line says {words} words of width {width}, which need at least {needed:0} bytes: {bytesLeft} follow");
    }

    /// <summary>Whether a line looks like a header, whatever it says.</summary>
    public static bool IsHeader(string line) =>
        line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var words, var width] && IsNumber(words) && IsNumber(width);

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
