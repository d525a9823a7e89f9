using System.Text;
using System.Text.Json;
using Gptx.Checkpoints;

namespace Gptx.Jobs.Output;

/// <summary>Reads rows back that <see cref="NpySink"/> wrote: all of a row but its vector from the lines beside the matrix, the vector from there.</summary>
internal static class NpyRows
{
    /// <summary>Rows in their order.</summary>
    /// <exception cref="GptxException"><c>VectorFileInvalid</c>: there are not as many lines as rows; as <see cref="NpyFile.Open"/>.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(string path, string beside, IReadOnlyList<RowColumn> columns)
    {
        using var matrix = NpyFile.Open(path);
        var name = columns.First(column => column.Type == RowType.Vector).Name;
        var shape = matrix.Tensor.Shape;
        var vector = new float[shape.Count == 2 ? shape[1] : 0];
        var row = 0L;
        foreach (var line in File.ReadLines(beside, Encoding.UTF8))
        {
            if (shape.Count != 2 || row >= shape[0])
            {
                throw Differ(path, beside);
            }

            matrix.Tensor.ReadSingles(row++ * vector.Length, vector);
            using var json = JsonDocument.Parse(line);
            yield return RowJson.Object(writer =>
            {
                foreach (var property in json.RootElement.EnumerateObject())
                {
                    property.WriteTo(writer);
                }

                RowJson.Fields(writer, [new RowColumn(name, RowType.Vector)], [vector]);
            });
        }

        if (shape.Count != 2 || row != shape[0])
        {
            throw Differ(path, beside);
        }
    }

    private static GptxException Differ(string path, string beside) =>
        new(GptxErrorKind.InvalidArgument, "VectorFileInvalid", $"{beside} has not a line for each row of {path}: they are not of one job");
}
