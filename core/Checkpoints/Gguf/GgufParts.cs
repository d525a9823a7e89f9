using System.Globalization;
using System.Text.RegularExpressions;

namespace Gptx.Checkpoints;

/// <summary>
/// A GGUF model: one file, or several parts that llama.cpp's llama-gguf-split made of one, <c>NAME-00001-of-00003.gguf</c> and so on in one folder. The metadata are the
/// first part's; each has tensors of its own.
/// </summary>
internal sealed partial class GgufParts : IDisposable
{
    private const string CountKey = "split.count";
    private const string NumberKey = "split.no";
    private const string TensorsKey = "split.tensors.count";

    private readonly List<GgufFile> _files;
    private readonly OrderedDictionary<string, CheckpointTensor> _tensors = new(StringComparer.Ordinal);

    private GgufParts(List<GgufFile> files)
    {
        _files = files;
        foreach (var tensor in files.SelectMany(file => file.Tensors.Values))
        {
            if (!_tensors.TryAdd(tensor.Name, tensor))
            {
                throw CheckpointError.In(Path, "TensorDuplicate", $"tensor {Excerpt.Of(tensor.Name)} is in several parts");
            }
        }

        if (files.Count > 1 && Metadata.FindInt64(TensorsKey) is { } announced && announced != _tensors.Count)
        {
            throw CheckpointError.In(Path, "GgufSplit", $"the parts have {_tensors.Count} tensors, {TensorsKey} says {announced}");
        }
    }

    /// <summary>The first file, as its path was given.</summary>
    public string Path => _files[0].Path;

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<GgufFile> Files => _files;

    /// <summary>The keys and values of the first file.</summary>
    public GgufMetadata Metadata => _files[0].Metadata;

    /// <summary>The tensors of all files by their names there, in order.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors => _tensors;

    /// <summary>Opens a model by its file, or by the first of its parts.</summary>
    /// <exception cref="GptxException">
    /// Those of <see cref="GgufFile.Open"/> for each part; <c>GgufSplit</c>: another part than the first was given, its name is not that of a part, or the
    /// parts do not belong together.
    /// </exception>
    public static GgufParts Open(string path)
    {
        var files = new List<GgufFile> { GgufFile.Open(path) };
        try
        {
            AddParts(files);
            return new GgufParts(files);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Whether a file is called as a part after the first is.</summary>
    public static bool IsLaterPart(string path) =>
        PartName().Match(System.IO.Path.GetFileName(path)) is { Success: true } match && int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) > 1;

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="GptxException">There is none (<c>TensorNotFound</c>).</exception>
    public CheckpointTensor GetTensor(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw CheckpointError.In(Path, "TensorNotFound", $"there is no tensor {Excerpt.Of(name)} among its {_tensors.Count}");

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static void AddParts(List<GgufFile> files)
    {
        var first = files[0];
        var count = first.Metadata.Contains(CountKey) ? first.Metadata.FindInt64(CountKey)!.Value : 1;
        if (count <= 1)
        {
            return;
        }

        var number = first.Metadata.FindInt64(NumberKey) ?? 0;
        if (number != 0)
        {
            throw CheckpointError.In(first.Path, "GgufSplit", $"the file is part {number + 1} of {count}: give the first, whose name ends in -00001-of-{count:00000}.gguf");
        }

        var name = PartName().Match(System.IO.Path.GetFileName(first.Path));
        if (!name.Success || name.Groups["number"].Value != "00001" || name.Groups["count"].Value != count.ToString("00000", CultureInfo.InvariantCulture))
        {
            throw CheckpointError.In(
                first.Path, "GgufSplit", $"the file is the first of {count} parts, which are looked for by its name: it must end in -00001-of-{count:00000}.gguf");
        }

        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(first.Path))!;
        for (var part = 2; part <= count; part++)
        {
            var file = GgufFile.Open(System.IO.Path.Join(folder, $"{name.Groups["stem"].Value}-{part:00000}-of-{count:00000}.gguf"));
            files.Add(file);
            if (file.Metadata.FindInt64(CountKey) != count || file.Metadata.FindInt64(NumberKey) != part - 1)
            {
                throw CheckpointError.In(file.Path, "GgufSplit", $"the file does not say that it is part {part} of {count}");
            }
        }
    }

    [GeneratedRegex(@"^(?<stem>.+)-(?<number>\d{5})-of-(?<count>\d{5})\.gguf$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartName();
}
