using System.Buffers.Binary;
using System.Text;

namespace Gptx.Checkpoints;

/// <summary>
/// The header of an .npy file: a magic word, the version, the length of a Python dictionary, and the dictionary,
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>, padded with spaces to a multiple of 64 bytes.
/// </summary>
internal readonly record struct NpyHeader(ElementType Type, long[] Shape, long DataStart, bool IsFortran)
{
    /// <summary>NumPy refuses longer ones by default too (max_header_size).</summary>
    private const int LongestDictionary = 10_000;

    private static readonly (string Name, ElementType Type)[] Types =
    [
        ("<f4", ElementType.Float32), ("<f2", ElementType.Float16), ("<f8", ElementType.Float64), ("<i8", ElementType.Int64), ("<i4", ElementType.Int32),
        ("<i2", ElementType.Int16), ("|i1", ElementType.Int8), ("<u8", ElementType.UInt64), ("<u4", ElementType.UInt32), ("<u2", ElementType.UInt16),
        ("|u1", ElementType.UInt8), ("|b1", ElementType.Bool),
    ];

    public static NpyHeader Read(MappedFile file)
    {
        var start = file.Bytes(0, 10);
        var version = start[6];
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8) || version is < 1 or > 3)
        {
            throw Invalid(file, "it does not begin as an .npy file of version 1, 2 or 3 does");
        }

        var lengthBytes = version == 1 ? 2 : 4;
        var length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : file.Length < 12 ? 0
            : BinaryPrimitives.ReadUInt32LittleEndian(file.Bytes(8, 4));
        var dataStart = 8L + lengthBytes + length;
        if (length is 0 or > LongestDictionary || dataStart > file.Length)
        {
            throw Invalid(file, $"its header would have {length} bytes; allowed are 1 to {LongestDictionary} within the file's {file.Length}");
        }

        var dictionary = Encoding.Latin1.GetString(file.Bytes(8 + lengthBytes, (int)length));
        var (descr, fortran, shape) = NpyDictionary.Parse(dictionary)
            ?? throw Invalid(file, $"its header {Excerpt.Of(dictionary)} is not a dictionary with descr, fortran_order and shape");
        return new NpyHeader(TypeOf(file, descr), shape, dataStart, fortran);
    }

    /// <summary>Refuses an array whose elements do not fill the file.</summary>
    public void CheckSize(MappedFile file)
    {
        var data = file.Length - DataStart;
        var wanted = SafetensorsLayout.ByteLength(Shape, Type);
        if (wanted != data)
        {
            var shape = $"{Type} ({string.Join(", ", Shape)})";
            var needs = wanted?.ToString() ?? "more than there can be";
            throw CheckpointError.In(file.Path, "ArraySizeMismatch", $"after the header there are {data} bytes; {shape} needs {needs}");
        }
    }

    public static byte[] Write(ElementType type, ReadOnlySpan<long> shape, int atLeast = 0)
    {
        var descr = Types.FirstOrDefault(known => known.Type == type).Name
            ?? throw new ArgumentException($"NumPy has no name for {type}", nameof(type));
        var dimensions = string.Concat(shape.ToArray().Select(dimension => $"{dimension}, "));
        var tuple = shape.Length == 1 ? dimensions.TrimEnd() : dimensions.TrimEnd(' ', ',');
        var dictionary = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({tuple}), }}";
        var length = Math.Max(atLeast, (dictionary.Length + 10 + 1 + 63) / 64 * 64);
        var header = new byte[length];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(length - 10)));
        Encoding.ASCII.GetBytes(dictionary.PadRight(length - 11) + "\n", header.AsSpan(10));
        return header;
    }

    private static ElementType TypeOf(MappedFile file, string descr)
    {
        foreach (var (name, type) in Types)
        {
            if (name == descr)
            {
                return type;
            }
        }

        throw NotSupported(file, $"its elements are {Excerpt.Of(descr)}; allowed are {string.Join(", ", Types.Select(type => type.Name))}");
    }

    private static GptxException Invalid(MappedFile file, string problem) => CheckpointError.In(file.Path, "ArrayHeaderInvalid", problem);

    private static GptxException NotSupported(MappedFile file, string problem) => CheckpointError.In(file.Path, "ArrayNotSupported", problem);
}
