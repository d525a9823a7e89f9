using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gptx.Checkpoints;

/// <summary>A config.json in the making, beside the metadata and tensors that it is made from. Keys of the metadata are given without the architecture's name.</summary>
/// <param name="file">The file, or its parts.</param>
/// <param name="architecture">What stands before the dot of its keys, for example <c>llama</c>.</param>
internal sealed class GgufConfig(GgufParts file, string architecture)
{
    private readonly JsonObject _json = [];

    /// <summary>The file.</summary>
    public GgufParts File => file;

    /// <summary>Sets a key.</summary>
    public JsonNode? this[string key]
    {
        set => _json[key] = value;
    }

    /// <summary>Whether the file has a tensor.</summary>
    public bool Has(string tensor) => file.Tensors.ContainsKey(tensor);

    /// <summary>A whole number of at least 1; of a list with one number a block, which must then all be equal.</summary>
    /// <exception cref="GptxException"><c>MetadataMissing</c>, <c>MetadataTypeWrong</c>, <c>MetadataOutOfRange</c> or, where blocks differ, <c>OptionNotSupported</c>.</exception>
    public int Size(string key) => FindSize(key) ?? throw Missing(key);

    /// <summary>As <see cref="Size"/>, or null.</summary>
    public int? FindSize(string key)
    {
        var name = Name(key);
        if (!file.Metadata.Contains(name))
        {
            return null;
        }

        var number = file.Metadata.IsArray(name) ? Common(name) : file.Metadata.FindInt64(name)!.Value;
        return number is >= 1 and <= int.MaxValue ? (int)number : throw OutOfRange(key, number, "a whole number from 1 to 2147483647");
    }

    /// <summary>A finite number, or null.</summary>
    public double? FindNumber(string key) => file.Metadata.FindDouble(Name(key)) switch
    {
        { } number when !double.IsFinite(number) => throw OutOfRange(key, number, "a finite number"),
        var number => number,
    };

    /// <summary>True or false, or null.</summary>
    public bool? FindBoolean(string key) => file.Metadata.FindBoolean(Name(key));

    /// <summary>Text, or null.</summary>
    public string? FindString(string key) => file.Metadata.FindString(Name(key));

    /// <summary>A finite number.</summary>
    /// <exception cref="GptxException"><c>MetadataMissing</c>, <c>MetadataTypeWrong</c>.</exception>
    public double Number(string key) => FindNumber(key) ?? throw Missing(key);

    /// <summary>Copies a number if it is there; numbers of 32 bits keep their short form.</summary>
    public void Copy(string key, string from)
    {
        if (FindNumber(from) is { } number)
        {
            _json[key] = ToJson(number);
        }
    }

    /// <summary>A number as a config.json has it: what came from 32 bits in as few digits as bring these back.</summary>
    public static JsonNode ToJson(double number) =>
        double.IsInteger(number) && Math.Abs(number) < int.MaxValue ? JsonValue.Create((long)number)
        : (float)number == number ? JsonValue.Create((float)number)
        : JsonValue.Create(number);

    /// <summary>The config as its reader wants it.</summary>
    public ModelConfig ToConfig()
    {
        using var document = JsonDocument.Parse(_json.ToJsonString());
        return ModelConfig.From(file.Path, document.RootElement.Clone());
    }

    /// <summary>An option that is known and not supported.</summary>
    public GptxException NotSupported(string problem) => CheckpointError.In(file.Path, "OptionNotSupported", problem);

    /// <summary>A key whose value is not allowed.</summary>
    public GptxException OutOfRange(string key, object found, string allowed) =>
        CheckpointError.In(file.Path, "MetadataOutOfRange", $"metadata key {Excerpt.Of(Name(key))} is {found}; allowed is {allowed}");

    private GptxException Missing(string key) => CheckpointError.In(file.Path, "MetadataMissing", $"metadata key {Excerpt.Of(Name(key))} is missing");

    private long Common(string name)
    {
        var numbers = file.Metadata.FindInt64s(name)!;
        return numbers.Count > 0 && numbers.All(number => number == numbers[0])
            ? numbers[0]
            : throw NotSupported($"metadata key {Excerpt.Of(name)} differs from block to block: that is not supported");
    }

    private string Name(string key) => $"{architecture}.{key}";
}
