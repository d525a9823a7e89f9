using System.Globalization;
using System.Text;

namespace Gptx.Embeddings;

/// <summary>
/// Reads word vectors of text: a line a word, numbers after it, spaces or tabs between. A word may have spaces (GloVe's ". . ."), as long as what stands before the numbers
/// does not look like one number more.
/// </summary>
internal sealed class WordVectorText(string path, Stream stream, WordVectorFormat format, CancellationToken cancellation)
{
    private const int BytesOfNumber = 2;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _line;

    public WordRows Read()
    {
        using var reader = new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
        try
        {
            return Read(reader);
        }
        catch (DecoderFallbackException error)
        {
            throw WordRows.Invalid(path, $"line {_line + 1} or one of the next is not UTF-8: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private WordRows Read(StreamReader reader)
    {
        var line = Next(reader)?.TrimStart('\uFEFF') ?? throw WordRows.Invalid(path, "it is empty");
        WordVectorHeader? header = null;
        if (format == WordVectorFormat.Word2VecText)
        {
            header = WordVectorHeader.Read(path, line, stream.Length, BytesOfNumber);
            line = Next(reader);
        }

        var rows = new WordRows(path, header?.Width ?? Fields(line!) - 1);
        if (rows.Width < 1)
        {
            throw WordRows.Invalid(path, $"line 1, '{WordRows.Shown(line!)}', is not a word with numbers after it");
        }

        var count = 0;
        for (; line is not null; line = Next(reader), count++)
        {
            // Empty lines at the end are none.
            if (line.Length == 0 && reader.EndOfStream)
            {
                break;
            }

            if (count == header?.Words)
            {
                throw WordRows.Invalid(path, $"line {_line} is one more than the {count} words that its first line says");
            }

            rows.Add(ReadRow(line, rows.Next()));
        }

        return header is { } said && count < said.Words
            ? throw WordRows.Invalid(path, $"it ends after {count} of the {said.Words} words that its first line says")
            : rows;
    }

    private string? Next(StreamReader reader)
    {
        cancellation.ThrowIfCancellationRequested();
        var line = reader.ReadLine();
        _line += line is null ? 0 : 1;
        return line?.TrimEnd(' ', '\t', '\r');
    }

    // From the end: that many numbers, and what is left is the word.
    private string ReadRow(ReadOnlySpan<char> line, Span<float> numbers)
    {
        var rest = line;
        for (var place = numbers.Length - 1; place >= 0; place--)
        {
            var gap = rest.LastIndexOfAny(' ', '\t');
            var field = rest[(gap + 1)..];
            if (gap < 0 || !float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[place]))
            {
                throw WordRows.Invalid(path, gap < 0
                    ? $"line {_line} has {numbers.Length - 1 - place} numbers after its word: it must have {numbers.Length}"
                    : $"line {_line}: '{WordRows.Shown(field.ToString())}' is not a number");
            }

            rest = rest[..gap].TrimEnd(" \t");
        }

        if (rest.Length == 0 || rest[0] is ' ' or '\t')
        {
            throw WordRows.Invalid(path, $"line {_line} has no word before its {numbers.Length} numbers");
        }

        var last = rest[(rest.LastIndexOfAny(' ', '\t') + 1)..];
        return last.Length == rest.Length || !float.TryParse(last, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? rest.ToString()
            : throw WordRows.Invalid(path, $"line {_line} has more than {numbers.Length} numbers");
    }

    private static int Fields(string line) => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;
}
