using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Gptx.Checkpoints;

/// <summary>
/// A NumPy matrix as float64 rows, whichever way it lies in its file (C or Fortran order, as a slice or a transposed array is saved). An array of one dimension is a
/// matrix of one column.
/// </summary>
/// <param name="Values">The numbers, row after row.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">The columns.</param>
public sealed record NpyMatrix(double[] Values, int Rows, int Columns)
{
    private const int Chunk = 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="GptxException">
    /// As <see cref="NpyFile.Open"/>; <c>ArrayNotSupported</c> also where the array is no matrix, or has more numbers than fit into memory.
    /// </exception>
    public static NpyMatrix Read(string path)
    {
        using var file = MappedFile.Open(path, 10, "an .npy file");
        var header = NpyHeader.Read(file);
        header.CheckSize(file);
        var (rows, columns) = header.Shape switch
        {
            [var length] => (length, 1),
            [var height, var width] => (height, width),
            _ => throw CheckpointError.In(path, "ArrayNotSupported", $"the array has {header.Shape.Length} dimensions: it must be a matrix, a vector a row"),
        };
        if (rows > int.MaxValue || columns > int.MaxValue || rows * columns > Array.MaxLength)
        {
            throw CheckpointError.In(path, "ArrayNotSupported", $"{rows} rows of {columns} are more numbers than fit into memory: at most {Array.MaxLength}");
        }

        var stored = Widened(file, header, (int)(rows * columns));
        return new NpyMatrix(header.IsFortran ? Turned(stored, (int)rows, (int)columns) : stored, (int)rows, (int)columns);
    }

    /// <summary>A row.</summary>
    public ReadOnlySpan<double> Row(int index) => Values.AsSpan(index * Columns, Columns);

    private static double[] Widened(MappedFile file, NpyHeader header, int count)
    {
        var values = new double[count];
        var size = count == 0 ? 1 : (int)((file.Length - header.DataStart) / count);
        for (var first = 0; first < count; first += Chunk)
        {
            var target = values.AsSpan(first, Math.Min(Chunk, count - first));
            Widen(file, header.Type, file.Bytes(header.DataStart + ((long)first * size), target.Length * size), target);
        }

        return values;
    }

    private static void Widen(MappedFile file, ElementType type, ReadOnlySpan<byte> stored, Span<double> values)
    {
        if (type == ElementType.Float64)
        {
            stored.CopyTo(MemoryMarshal.AsBytes(values));
        }
        else if (type is ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16)
        {
            Span<float> singles = stackalloc float[values.Length];
            ElementConversion.ToSingles(type, stored, singles);
            TensorPrimitives.ConvertTruncating<float, double>(singles, values);
        }
        else
        {
            Span<long> whole = stackalloc long[values.Length];
            try
            {
                ElementConversion.ToInt64s(type, stored, whole);
            }
            catch (OverflowException error)
            {
                throw CheckpointError.In(file.Path, "ArrayNotSupported", $"it has whole numbers above {long.MaxValue}: {error.Message}");
            }

            TensorPrimitives.ConvertTruncating<long, double>(whole, values);
        }
    }

    private static double[] Turned(double[] columnByColumn, int rows, int columns)
    {
        var turned = new double[columnByColumn.Length];
        for (var place = 0; place < turned.Length; place++)
        {
            turned[place] = columnByColumn[((place % columns) * rows) + (place / columns)];
        }

        return turned;
    }
}
