using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>
/// The JSON header of a safetensors file, read token by token: <c>{"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...,
/// "__metadata__": {"KEY": "VALUE"}}</c>. Whether the offsets make sense together is <see cref="SafetensorsLayout"/>'s question.
/// </summary>
internal ref struct SafetensorsHeader
{
    /// <summary>The limit that the format itself sets.</summary>
    public const int LongestHeader = 100_000_000;

    private const int DeepestNesting = 8;
    private const int MostDimensions = 64;

    private readonly string _path;
    private Utf8JsonReader _reader;

    private SafetensorsHeader(string path, ReadOnlySpan<byte> json)
    {
        _path = path;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    /// <summary>One tensor as the header describes it; offsets count from the end of the header.</summary>
    public readonly record struct Entry(string Name, ElementType Type, long[] Shape, long Begin, long End);

    /// <summary>Reads the header; every way in which it can be wrong is a <see cref="GptxException"/>.</summary>
    public static List<Entry> Read(string path, ReadOnlySpan<byte> json, Dictionary<string, string> metadata)
    {
        var header = new SafetensorsHeader(path, json);
        try
        {
            return header.ReadEntries(metadata);
        }
        catch (JsonException exception)
        {
            var place = $"byte {header._reader.BytesConsumed} of {json.Length}";
            throw CheckpointError.In(path, "HeaderNotJson", $"the header is not the JSON of a safetensors file, at {place}", exception);
        }
        catch (InvalidOperationException exception)
        {
            // what Utf8JsonReader.GetString says of text that is not UTF-8 and of half surrogate pairs
            var place = $"byte {header._reader.BytesConsumed} of {json.Length}";
            throw CheckpointError.In(path, "HeaderNotJson", $"the header holds text that is not valid Unicode, at {place}", exception);
        }
    }

    private List<Entry> ReadEntries(Dictionary<string, string> metadata)
    {
        var entries = new List<Entry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject, "the header", null, "an object");
        while (NextName() is { } name)
        {
            if (!names.Add(name))
            {
                throw Wrong("TensorDuplicate", $"the name {Excerpt.Of(name)} is there twice");
            }

            if (name == "__metadata__")
            {
                ReadMetadata(metadata);
            }
            else
            {
                entries.Add(ReadEntry(name));
            }
        }

        _reader.Read(); // nothing but white space may follow; otherwise this throws
        return entries;
    }

    private void ReadMetadata(Dictionary<string, string> metadata)
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        ExpectHere(JsonTokenType.StartObject, "__metadata__", null, "an object of strings");
        while (NextName() is { } key)
        {
            Expect(JsonTokenType.String, "the __metadata__", key, "a string");
            metadata[key] = _reader.GetString()!;
        }
    }

    private Entry ReadEntry(string name)
    {
        ElementType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        Expect(JsonTokenType.StartObject, "the description", name, "an object");
        while (NextName() is { } field)
        {
            switch (field)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String, "dtype", name, "a string");
                    type = ReadType(name, _reader.GetString()!);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(name, field);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(name, field);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Wrong("HeaderFieldInvalid", $"tensor {Excerpt.Of(name)} has {field} twice");
                default:
                    _reader.Read();
                    _reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is not { Length: 2 })
        {
            throw Wrong("HeaderFieldInvalid", $"tensor {Excerpt.Of(name)} needs dtype, shape and data_offsets of two numbers");
        }

        return new Entry(name, type.Value, shape, offsets[0], offsets[1]);
    }

    private readonly ElementType ReadType(string name, string dtype) => SafetensorsTypes.TryParse(dtype, out var type)
        ? type
        : throw Wrong("TensorTypeNotSupported", $"tensor {Excerpt.Of(name)} has dtype {Excerpt.Of(dtype)}; allowed are {SafetensorsTypes.Allowed}");

    private long[] ReadNumbers(string name, string field)
    {
        var numbers = new List<long>();
        Expect(JsonTokenType.StartArray, field, name, "a list of whole numbers");
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out var number) || number < 0 || numbers.Count == MostDimensions)
            {
                var allowed = $"at most {MostDimensions} whole numbers from 0 to {long.MaxValue}";
                throw Wrong("HeaderFieldInvalid", $"{field} of tensor {Excerpt.Of(name)} must be {allowed}");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>The next property name of the object we are in, or null at its end.</summary>
    private string? NextName() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName ? _reader.GetString() : null;

    private void Expect(JsonTokenType type, string what, string? name, string wanted)
    {
        _reader.Read();
        ExpectHere(type, what, name, wanted);
    }

    private readonly void ExpectHere(JsonTokenType type, string what, string? name, string wanted)
    {
        if (_reader.TokenType != type)
        {
            throw Wrong("HeaderFieldInvalid", name is null ? $"{what} is not {wanted}" : $"{what} of {Excerpt.Of(name)} is not {wanted}");
        }
    }

    private readonly GptxException Wrong(string errorId, string problem) => CheckpointError.In(_path, errorId, problem);
}
