using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Gptx.Checkpoints;

namespace Gptx.Fuzzing;

/// <summary>Mutated .safetensors files: headers whose JSON is changed, lengths that lie, bytes; each is opened and every tensor read.</summary>
public sealed class SafetensorsTarget : IFuzzTarget
{
    private const int LengthBytes = 8;
    private const int LargestTensor = 300;

    private readonly string _path = Path.Combine(FuzzFolder.Make("safetensors"), "model.safetensors");
    private readonly List<byte[]> _files;
    private readonly List<JsonNode> _headers;
    private readonly ILookup<string, JsonNode?> _pool;

    /// <summary>Makes small files of the small tensors of checkpoints.</summary>
    /// <param name="golden">A folder with a folder for each checkpoint.</param>
    public SafetensorsTarget(string golden)
    {
        _files = [.. Directory.EnumerateFiles(golden, "model.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Small)];
        if (_files.Count == 0)
        {
            throw new ArgumentException($"No model.safetensors below '{golden}'.", nameof(golden));
        }

        _headers = [.. _files.Select(file => JsonNode.Parse(file.AsSpan(LengthBytes, HeaderLength(file)))!)];
        _pool = _headers.SelectMany(header => header.AsObject().SelectMany(tensor => tensor.Value!.AsObject())).ToLookup(member => member.Key, member => member.Value);
    }

    /// <inheritdoc/>
    public string Name => "safetensors";

    /// <inheritdoc/>
    public MemoryAllowance Memory { get; } = new(60, 1L << 18);

    /// <inheritdoc/>
    public FuzzCase Next(Random random)
    {
        int at = random.Next(_files.Count);
        byte[] file = _files[at];
        byte[] bytes = random.Next(4) switch
        {
            0 => ByteMutation.Mutate(file, random),
            1 => NumberMutation.Mutate(file, LengthBytes, random),
            _ => WithHeader(file, JsonMutation.Mutate(_headers[at], _pool, HostileTexts.All, random), random),
        };
        return new FuzzCase(bytes, () =>
        {
            File.WriteAllBytes(_path, bytes);
            using SafetensorsFile opened = SafetensorsFile.Open(_path);
            foreach (CheckpointTensor tensor in opened.Tensors.Values)
            {
                _ = tensor.ElementType.IsFloat() ? tensor.ReadSingles().Length : tensor.ReadInt64s().Length;
            }
        });
    }

    private static byte[] WithHeader(byte[] file, byte[] header, Random random)
    {
        byte[] length = new byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, random.Next(20) == 0 ? header.Length + random.Next(-9, 9) : header.Length);
        return [.. length, .. header, .. file.AsSpan(LengthBytes + HeaderLength(file))];
    }

    private static int HeaderLength(byte[] file) => (int)BinaryPrimitives.ReadInt64LittleEndian(file);

    private byte[] Small(string path)
    {
        using SafetensorsFile whole = SafetensorsFile.Open(path);
        var writer = new SafetensorsWriter();
        writer.Add("ids", [3], (long[])[1, 2, 3]);
        foreach (CheckpointTensor tensor in whole.Tensors.Values.Where(tensor => tensor.ByteLength <= LargestTensor).Take(6))
        {
            writer.Add(tensor);
        }

        writer.Save(_path, overwrite: true);
        return File.ReadAllBytes(_path);
    }
}
