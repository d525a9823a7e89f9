using System.Globalization;
using Gptx.Graphs.Proto;

namespace Gptx.Graphs.Foreign;

/// <summary>A weight that lies in another file.</summary>
/// <param name="Proto">The weight as the graph has it.</param>
/// <param name="Location">The file, as the graph names it: not checked.</param>
/// <param name="Offset">Where it begins there, at least 0.</param>
/// <param name="ByteLength">How many bytes it has.</param>
internal sealed record ExternalTensor(TensorProto Proto, string Location, long Offset, long ByteLength)
{
    /// <summary>Reads what a weight says of its place; its length must be what its shape and type amount to.</summary>
    public static ExternalTensor Of(TensorProto tensor, string path)
    {
        var location = Find(tensor, "location") ?? throw Wrong(tensor, path, "names no file");
        var bytes = ElementTypes.Count(tensor.Dims) is { } count ? ElementTypes.Bytes(tensor.DataType, count) : null;
        if (bytes is not { } length)
        {
            throw Wrong(tensor, path, $"has a shape or type that cannot be ([{string.Join(", ", tensor.Dims.Take(8))}], {ElementTypes.Name(tensor.DataType)})");
        }

        var offset = Number(tensor, "offset", path) ?? 0;
        return Number(tensor, "length", path) is { } stated && stated != length
            ? throw Wrong(tensor, path, $"says that it has {stated} bytes, but its shape amounts to {length}")
            : new ExternalTensor(tensor, location, offset, length);
    }

    private static long? Number(TensorProto tensor, string key, string path) => Find(tensor, key) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(tensor, path, $"has no number as its {key}");

    private static string? Find(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static GptxException Wrong(TensorProto tensor, string path, string problem) => ForeignModel.Invalid(path, $"tensor '{tensor.Name}' in another file {problem}");
}
