using System.Text;
using Gptx.Checkpoints;

namespace Gptx.Tests.Checkpoints;

/// <summary>Writes GGUF files, good ones and others, byte by byte.</summary>
internal sealed class GgufBytes
{
    private readonly List<(string Name, ulong[] Dimensions, uint Type, ulong Offset)> _tensors = [];
    private readonly MemoryStream _entries = new();
    private readonly MemoryStream _data = new();
    private readonly BinaryWriter _metadata;
    private ulong _entryCount;

    public GgufBytes() => _metadata = new BinaryWriter(_entries);

    public uint Version { get; init; } = 3;

    public int Alignment { get; init; } = 32;

    public GgufBytes Add(string key, uint value) => Entry(key, GgufValueType.UInt32, () => _metadata.Write(value));

    public GgufBytes Add(string key, float value) => Entry(key, GgufValueType.Float32, () => _metadata.Write(value));

    public GgufBytes Add(string key, bool value) => Entry(key, GgufValueType.Bool, () => _metadata.Write(value));

    public GgufBytes Add(string key, ulong value) => Entry(key, GgufValueType.UInt64, () => _metadata.Write(value));

    public GgufBytes Add(string key, string value) => Entry(key, GgufValueType.String, () => Text(_metadata, value));

    public GgufBytes Add(string key, params string[] values) => Entry(key, GgufValueType.Array, () =>
    {
        _metadata.Write((uint)GgufValueType.String);
        _metadata.Write((ulong)values.Length);
        Array.ForEach(values, value => Text(_metadata, value));
    });

    public GgufBytes Add(string key, params int[] values) => Entry(key, GgufValueType.Array, () =>
    {
        _metadata.Write((uint)GgufValueType.Int32);
        _metadata.Write((ulong)values.Length);
        Array.ForEach(values, _metadata.Write);
    });

    /// <summary>A float32 tensor; the shape as transformers has it, the slowest dimension first.</summary>
    public GgufBytes Tensor(string name, long[] shape, params float[] values) =>
        Tensor(name, [.. shape.Reverse().Select(size => (ulong)size)], 0, [.. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>A tensor as the file has it: the fastest dimension first, type by number, at the next multiple of the alignment.</summary>
    public GgufBytes Tensor(string name, ulong[] dimensions, uint type, byte[] data, ulong? offset = null)
    {
        _data.Write(new byte[(Alignment - (int)(_data.Length % Alignment)) % Alignment]);
        _tensors.Add((name, dimensions, type, offset ?? (ulong)_data.Length));
        _data.Write(data);
        return this;
    }

    public byte[] ToArray()
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write((ulong)_tensors.Count);
        writer.Write(_entryCount);
        writer.Write(_entries.ToArray());
        foreach (var (name, dimensions, type, offset) in _tensors)
        {
            Text(writer, name);
            writer.Write((uint)dimensions.Length);
            Array.ForEach(dimensions, writer.Write);
            writer.Write(type);
            writer.Write(offset);
        }

        writer.Write(new byte[(Alignment - (int)(file.Length % Alignment)) % Alignment]);
        writer.Write(_data.ToArray());
        return file.ToArray();
    }

    private static void Text(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private GgufBytes Entry(string key, GgufValueType type, Action write)
    {
        Text(_metadata, key);
        _metadata.Write((uint)type);
        write();
        _entryCount++;
        return this;
    }
}
