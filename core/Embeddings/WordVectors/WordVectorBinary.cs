using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Gptx.Embeddings;

/// <summary>Reads word2vec's binary format. Nothing in it marks where a word begins, so that a reader who loses step is told by what cannot be a word, and by bytes left over.</summary>
internal sealed class WordVectorBinary(string path, Stream stream, CancellationToken cancellation)
{
    private const int LongestWord = 4096;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[] _word = new byte[LongestWord];

    public WordRows Read()
    {
        var header = WordVectorHeader.Read(path, ReadHeader(), stream.Length - stream.Position, sizeof(float));
        var rows = new WordRows(path, header.Width);
        for (var index = 0; index < header.Words; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            var word = ReadWord(index);
            ReadNumbers(rows.Next(), index, word);
            rows.Add(word);
        }

        if (stream.ReadByte() is var next and not -1 && (next != '\n' || stream.ReadByte() != -1))
        {
            throw WordRows.Invalid(path, $"after its {header.Words} words of width {header.Width} there are more bytes, from byte {stream.Position - 1} on: the first line is wrong, or a word has a space");
        }

        return rows;
    }

    private string ReadHeader()
    {
        var line = new StringBuilder();
        while (stream.ReadByte() is var next and not '\n')
        {
            if (next == -1 || line.Length == WordVectorHeader.LongestLine)
            {
                throw WordRows.Invalid(path, line.Length == 0 ? "it is empty" : $"its first {line.Length} bytes have no line end: there must be a line with the number of words and the width");
            }

            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }

    private string ReadWord(int index)
    {
        var (start, length) = (stream.Position, 0);
        for (var next = stream.ReadByte(); next != ' '; next = stream.ReadByte())
        {
            // The line feed after the vector before is not part of the word.
            if (next == '\n' && length == 0 && stream.Position == start + 1 && index > 0)
            {
                continue;
            }

            var fault = next == -1 ? "the file ends within it"
                : length == LongestWord ? $"it has no space in {LongestWord} bytes"
                : next is < ' ' or 0x7F ? $"it has a byte {next:x2}, which no word has"
                : null;
            if (fault is not null)
            {
                throw WordRows.Invalid(path, $"word {index} (from 0), from byte {start} on: {fault}");
            }

            _word[length++] = (byte)next;
        }

        try
        {
            return length > 0 ? Strict.GetString(_word, 0, length) : throw WordRows.Invalid(path, $"word {index} (from 0), at byte {start}, is empty");
        }
        catch (DecoderFallbackException error)
        {
            throw WordRows.Invalid(path, $"word {index} (from 0), from byte {start} on, is not UTF-8: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private void ReadNumbers(Span<float> numbers, int index, string word)
    {
        var bytes = MemoryMarshal.AsBytes(numbers);
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw WordRows.Invalid(path, $"it ends within the vector of word {index} (from 0), '{WordRows.Shown(word)}'");
        }

        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(numbers), MemoryMarshal.Cast<float, int>(numbers));
        }
    }
}
