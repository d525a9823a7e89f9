using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Conversion;

/// <summary>Writes a model in another format or in another type: safetensors as transformers reads it, ONNX as transformers.js and onnxruntime do.</summary>
public static class ModelConverter
{
    private const string SafetensorsEnding = ".safetensors";
    private const string OnnxEnding = ".onnx";

    /// <summary>Converts a model, whole or not at all.</summary>
    /// <param name="nameOrPath">The model, as <see cref="ModelLocation"/> understands it.</param>
    /// <param name="destination">The folder to make; with the ending .safetensors or .onnx a single file without config and tokenizer.</param>
    /// <param name="options">What it becomes.</param>
    /// <param name="progress">Told how many bytes of weights are written.</param>
    /// <param name="cancellation">Stops it; nothing is left behind.</param>
    /// <exception cref="GptxException">
    /// The model cannot be opened; it is an ONNX model (<c>ConversionNotSupported</c>); an option is not allowed (<c>OptionOutOfRange</c>,
    /// <c>FormatMismatch</c>); a value does not fit the type (<c>ValueTooLarge</c>); the destination exists (<c>OutputExists</c>) or cannot be written
    /// (<c>OutputNotWritable</c>).
    /// </exception>
    public static ConversionReport Convert(
        string nameOrPath, string destination, ConversionOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(destination);
        options ??= new ConversionOptions();
        options.Validate();
        var (format, isFile) = Target(destination, options.Format);
        using var checkpoint = CheckpointFolder.Open(ModelLocation.Find(nameOrPath));
        if (checkpoint.OnnxFile is { } onnx)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument, "ConversionNotSupported", $"{onnx} is an ONNX model: its weights belong to its graph and are not converted; convert the checkpoint that it was made from");
        }

        ThrowIfInside(checkpoint, destination);
        var contents = new List<string>();
        IExport export = format == ModelFormat.Onnx ? new OnnxExport(checkpoint, options, isFile) : new SafetensorsExport(checkpoint, options, isFile);
        if (isFile)
        {
            AtomicFile.Write(destination, options.Overwrite, stream => export.WriteFile(new WorkStream(stream, "writing weights", export.Bytes, progress, cancellation)));
        }
        else
        {
            AtomicFolder.Write(destination, options.Overwrite, folder =>
            {
                SideFiles.Write(checkpoint, folder, options.Type, export.ConfigEntries);
                export.WriteFolder(folder, stream => new WorkStream(stream, "writing weights", export.Bytes, progress, cancellation));
                cancellation.ThrowIfCancellationRequested();
            });
            contents = [.. Directory.EnumerateFiles(destination, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(destination, path)).Order(StringComparer.Ordinal)];
        }

        var bytes = isFile ? new FileInfo(destination).Length : contents.Sum(name => new FileInfo(Path.Join(destination, name)).Length);
        return new ConversionReport(nameOrPath, destination, format, export.StoredAs, export.Tensors, bytes, contents, export.Notes);
    }

    /// <summary>What a destination's ending says, and whether it is a single file.</summary>
    private static (ModelFormat Format, bool IsFile) Target(string destination, ModelFormat? asked)
    {
        var ending = destination.EndsWith(SafetensorsEnding, StringComparison.OrdinalIgnoreCase) ? ModelFormat.Safetensors
            : destination.EndsWith(OnnxEnding, StringComparison.OrdinalIgnoreCase) ? ModelFormat.Onnx
            : (ModelFormat?)null;
        return asked is { } format && ending is { } other && format != other
            ? throw new GptxException(GptxErrorKind.InvalidArgument, "FormatMismatch", $"{destination} ends as {other} files do, and the format asked for is {format}: give another name, or leave the format out")
            : (asked ?? ending ?? ModelFormat.Safetensors, ending is not null);
    }

    /// <summary>A model is never written over the files that it is read from.</summary>
    private static void ThrowIfInside(CheckpointFolder checkpoint, string destination)
    {
        var target = Path.TrimEndingDirectorySeparator(RealPath.Of(destination)) + Path.DirectorySeparatorChar;
        if (checkpoint.Files.FirstOrDefault(file => (file.ResolvedPath + Path.DirectorySeparatorChar).StartsWith(target, StringComparison.Ordinal)) is { } file)
        {
            throw new GptxException(
                GptxErrorKind.OutputNotWritable, "OutputNotWritable", $"{destination} is, or holds, the model that is read ({file.Path}): give another place");
        }
    }
}
