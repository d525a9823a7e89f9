using System.Globalization;
using Gptx.Checkpoints;
using Gptx.Checkpoints.Hub;

namespace Gptx.Tool.Output;

/// <summary>How widened weights that are kept, or were, are written and shown.</summary>
internal static class WidenedShape
{
    public static Report<WidenedModel> Kept { get; } = new()
    {
        Shape = new(
            new("source", model => model.Source),
            new("tensors", model => model.Tensors),
            new("bytes", model => model.Bytes),
            new("used", model => model.LastUsed.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
        Show = (screen, all) => screen.Table(
            ["widened from", ">tensors", ">size", "used"],
            all.Select(model => (string[])[model.Source, $"{model.Tensors}", ByteSize.Text(model.Bytes), model.LastUsed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)])),
    };
}
