namespace Gptx.Tokenization;

/// <summary>
/// GPT-2's alphabet: a visible character for each of the 256 bytes. Printable Latin-1 stands for itself, the other 68 bytes are
/// U+0100 and up in their order, so that a space is Ġ and a newline Ċ.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = MakeCharacters();
    private static readonly short[] Bytes = MakeBytes();

    /// <summary>Ġ, the byte 0x20.</summary>
    public const char Space = '\u0120';

    public static char CharacterOf(byte value) => Characters[value];

    /// <summary>The byte that a character stands for, or -1.</summary>
    public static int ByteOf(char character) => character < Bytes.Length ? Bytes[character] : -1;

    private static bool StandsForItself(int value) => value is (>= 0x21 and <= 0x7E) or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);

    private static char[] MakeCharacters()
    {
        var characters = new char[256];
        int next = 0x100;
        for (int value = 0; value < 256; value++)
        {
            characters[value] = (char)(StandsForItself(value) ? value : next++);
        }

        return characters;
    }

    private static short[] MakeBytes()
    {
        var bytes = new short[0x144];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < 256; value++)
        {
            bytes[Characters[value]] = (short)value;
        }

        return bytes;
    }
}
