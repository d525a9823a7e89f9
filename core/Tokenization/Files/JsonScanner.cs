using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Gptx.Tokenization;

/// <summary>
/// Walks through JSON forwards, for the parts of a file that are large: 100,000 tokens and merges are read while a tool starts. Where
/// the text is no JSON it throws a <see cref="JsonException"/> without a place; <see cref="TokenizerErrors.Syntax"/> finds it.
/// </summary>
/// <remarks>What runs for each token is optimized at once; the runtime would take tens of thousands of slow calls to see to it.</remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct JsonScanner
{
    /// <summary>The deepest nesting that is read, the reference's.</summary>
    public const int MaxDepth = 128;

    private readonly ReadOnlySpan<byte> _json;
    private readonly string _path;
    private char[] _text;

    /// <summary>Begins at the first byte.</summary>
    /// <param name="json">The text.</param>
    /// <param name="path">What errors call it.</param>
    public JsonScanner(ReadOnlySpan<byte> json, string path)
    {
        _json = json;
        _path = path;
        _text = new char[256];
    }

    public int Position { get; private set; }

    /// <summary>The next byte that is not white space, which is not taken; 0 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte Peek()
    {
        while (Position < _json.Length)
        {
            byte value = _json[Position];
            if (value is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return value;
            }

            Position++;
        }

        return 0;
    }

    /// <summary>Refuses anything but white space up to the end.</summary>
    public void End()
    {
        Peek();
        if (Position < _json.Length)
        {
            throw Fault();
        }
    }

    public void Take(char expected)
    {
        if (!TryTake(expected))
        {
            throw Fault();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryTake(char expected)
    {
        bool taken = Peek() == expected;
        Position += taken ? 1 : 0;
        return taken;
    }

    /// <summary>Whether an object or array goes on: takes a comma, or the closing bracket.</summary>
    public bool Continues(char closing)
    {
        if (TryTake(closing))
        {
            return false;
        }

        Take(',');
        return true;
    }

    /// <summary>Takes a string; it holds until the next is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<char> Text()
    {
        Take('"');
        int start = Position;
        bool escaped = false;
        bool hasControl = false;
        for (; Position < _json.Length && _json[Position] != '"'; Position++)
        {
            hasControl |= _json[Position] < ' ';
            if (_json[Position] == '\\')
            {
                escaped = true;
                Position++;
            }
        }

        int end = Position;
        Take('"');
        ReadOnlySpan<byte> content = _json[start..end];
        if (content.Length > _text.Length)
        {
            _text = new char[2 * content.Length];
        }

        if (hasControl)
        {
            throw Fault();
        }

        if (escaped)
        {
            return Unescaped(content);
        }

        return Utf8.ToUtf16(content, _text, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done
            ? _text.AsSpan(0, written)
            : throw NotUnicode();
    }

    /// <summary>Takes a whole number from 0 to 4294967295; one above 2147483647 keeps its bits. False where anything else stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryId(out int id)
    {
        Peek();
        int start = Position;
        long value = 0;
        while (Position < _json.Length && char.IsAsciiDigit((char)_json[Position]) && value <= uint.MaxValue)
        {
            value = (10 * value) + _json[Position++] - '0';
        }

        id = unchecked((int)value);
        int digits = Position - start;
        bool goesOn = Position < _json.Length && _json[Position] is (byte)'.' or (byte)'e' or (byte)'E';
        return digits > 0 && value <= uint.MaxValue && !goesOn && (digits == 1 || _json[start] != '0');
    }

    /// <summary>Passes over a value. Only strings and brackets are looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Skip()
    {
        int depth = 0;
        bool inString = false;
        Peek();
        for (; Position < _json.Length; Position++)
        {
            byte value = _json[Position];
            if (inString)
            {
                inString = value != '"';
                Position += value == '\\' ? 1 : 0;
            }
            else if (value == '"')
            {
                inString = true;
            }
            else if (value is (byte)'{' or (byte)'[')
            {
                depth++;
            }
            else if (value is (byte)'}' or (byte)']' or (byte)',')
            {
                if (depth == 0)
                {
                    return;
                }

                depth -= value == ',' ? 0 : 1;
            }

            if (depth > MaxDepth)
            {
                throw Fault();
            }
        }
    }

    public readonly JsonException Fault() => new($"Not valid JSON at byte {Position + 1}.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly ReadOnlySpan<char> Unescaped(ReadOnlySpan<byte> content)
    {
        int length = 0;
        while (!content.IsEmpty)
        {
            int plain = content.IndexOf((byte)'\\');
            plain = plain < 0 ? content.Length : plain;
            if (Utf8.ToUtf16(content[..plain], _text.AsSpan(length), out _, out int written, replaceInvalidSequences: false) != OperationStatus.Done)
            {
                throw NotUnicode();
            }

            length += written;
            content = content[plain..];
            if (!content.IsEmpty)
            {
                _text[length++] = Escape(ref content);
            }
        }

        ReadOnlySpan<char> text = _text.AsSpan(0, length);
        return WellFormedText.Is(text) ? text : throw NotUnicode();
    }

    private readonly char Escape(ref ReadOnlySpan<byte> content)
    {
        byte kind = content.Length > 1 ? content[1] : (byte)0;
        if (kind == 'u')
        {
            if (content.Length < 6 || !ushort.TryParse(content[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                throw Fault();
            }

            content = content[6..];
            return (char)unit;
        }

        content = content.Length > 1 ? content[2..] : throw Fault();
        return kind switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)kind,
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => throw Fault(),
        };
    }

    private readonly GptxException NotUnicode() =>
        TokenizerErrors.Unreadable(_path, $"the string before byte {Position + 1} is not valid Unicode");
}
