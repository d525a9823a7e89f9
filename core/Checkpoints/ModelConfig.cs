using System.Text.Json;

namespace Gptx.Checkpoints;

/// <summary>
/// A model's config.json, or a section of it, read by name and type. <c>Get...</c> wants the key; <c>Find...</c> answers null where it is missing
/// or null; a value of another type is an error in both, which names file, key, value and what is allowed. Several keys are alternatives
/// (<c>GetInt32("n_layer", "num_hidden_layers")</c>): the first that is there counts.
/// </summary>
public sealed class ModelConfig
{
    private const int LongestFile = 16 << 20;
    private const string WholeNumber = "a whole number of 32 bits";
    private const string Size = "a whole number from 1 to 2147483647";
    private const string Number = "a finite number";

    private readonly string _section;

    private ModelConfig(string path, JsonElement json, string section)
    {
        Path = path;
        Json = json;
        _section = section;
    }

    /// <summary>The file that this was read from.</summary>
    public string Path { get; }

    /// <summary>The object as it stands, for what the typed members do not cover. NaN and Infinity, which JSON lacks, are strings here.</summary>
    public JsonElement Json { get; }

    /// <summary>The key <c>model_type</c>, for example <c>gpt2</c>.</summary>
    /// <exception cref="GptxException">It is missing (<c>ConfigKeyMissing</c>) or not a string (<c>ConfigValueInvalid</c>).</exception>
    public string ModelType => GetString("model_type");

    /// <summary>The key <c>architectures</c>, for example <c>GPT2LMHeadModel</c>; empty where it is missing.</summary>
    /// <exception cref="GptxException">It is not a list of strings (<c>ConfigValueInvalid</c>).</exception>
    public IReadOnlyList<string> Architectures => FindStrings("architectures") ?? [];

    /// <summary>Reads a config.json of at most 16 MiB.</summary>
    /// <exception cref="GptxException">
    /// The file cannot be read (<c>FileNotFound</c>, <c>FileNotReadable</c>, <c>JsonTooLong</c>) or is not a JSON object (<c>JsonInvalid</c>).
    /// </exception>
    public static ModelConfig Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new ModelConfig(path, PythonJson.ReadObject(path, LongestFile), "");
    }

    /// <summary>A config that no file of its own holds.</summary>
    /// <param name="path">The file that it was made from, for messages.</param>
    /// <param name="json">The object.</param>
    internal static ModelConfig From(string path, JsonElement json) => new(path, json, "");

    /// <summary>Whether a key is there and not null.</summary>
    public bool Contains(string key) => TryGetValue([key], out _, out _);

    /// <summary>A whole number.</summary>
    public int GetInt32(params string[] keys) => Require<int>(keys, ConfigValue.TryInt32, WholeNumber);

    /// <summary>A whole number, or null.</summary>
    public int? FindInt32(params string[] keys) => Find<int>(keys, ConfigValue.TryInt32, WholeNumber, out var value) ? value : null;

    /// <summary>A whole number of at least 1: a number of layers, heads or units.</summary>
    public int GetSize(params string[] keys) => Require<int>(keys, ConfigValue.TrySize, Size);

    /// <summary>A whole number of at least 1, or null.</summary>
    public int? FindSize(params string[] keys) => Find<int>(keys, ConfigValue.TrySize, Size, out var value) ? value : null;

    /// <summary>A finite number as float32.</summary>
    public float GetSingle(params string[] keys) => (float)GetDouble(keys);

    /// <summary>A finite number as float32, or null.</summary>
    public float? FindSingle(params string[] keys) => (float?)FindDouble(keys);

    /// <summary>A finite number.</summary>
    public double GetDouble(params string[] keys) => Require<double>(keys, ConfigValue.TryDouble, Number);

    /// <summary>A finite number, or null.</summary>
    public double? FindDouble(params string[] keys) => Find<double>(keys, ConfigValue.TryDouble, Number, out var value) ? value : null;

    /// <summary>True or false.</summary>
    public bool GetBoolean(params string[] keys) => Require<bool>(keys, ConfigValue.TryBoolean, "true or false");

    /// <summary>True or false, or null.</summary>
    public bool? FindBoolean(params string[] keys) => Find<bool>(keys, ConfigValue.TryBoolean, "true or false", out var value) ? value : null;

    /// <summary>A string.</summary>
    public string GetString(params string[] keys) => Require<string>(keys, ConfigValue.TryString, "a string");

    /// <summary>A string, or null.</summary>
    public string? FindString(params string[] keys) => Find<string>(keys, ConfigValue.TryString, "a string", out var value) ? value : null;

    /// <summary>A list of whole numbers, or null; a single number counts as a list of one.</summary>
    public IReadOnlyList<int>? FindInt32s(params string[] keys) =>
        FindList<int>(keys, ConfigValue.TryInt32, "a whole number or a list of them");

    /// <summary>A list of finite numbers, or null.</summary>
    public IReadOnlyList<double>? FindDoubles(params string[] keys) =>
        FindList<double>(keys, ConfigValue.TryDouble, "a list of numbers");

    /// <summary>A list of strings, or null.</summary>
    public IReadOnlyList<string>? FindStrings(params string[] keys) =>
        FindList<string>(keys, ConfigValue.TryString, "a list of strings");

    /// <summary>An object inside this one, such as <c>rope_scaling</c>, or null; messages name its keys <c>rope_scaling.type</c>.</summary>
    public ModelConfig? FindSection(params string[] keys)
    {
        if (!TryGetValue(keys, out var key, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object
            ? new ModelConfig(Path, value, $"{_section}{key}.")
            : throw Invalid(key, "an object");
    }

    /// <summary>The error that a value of this file deserves, for rules that only its reader knows.</summary>
    /// <param name="key">The key, as it is in this section.</param>
    /// <param name="allowed">What is allowed, for example <c>"gelu", "gelu_new" or "relu"</c>.</param>
    /// <returns>A <c>ConfigValueInvalid</c> to be thrown.</returns>
    public GptxException Invalid(string key, string allowed)
    {
        var found = Json.TryGetProperty(key, out var value) ? PythonJson.Show(value) : "missing";
        return CheckpointError.In(Path, "ConfigValueInvalid", $"{Name(key)} is {found}; allowed is {allowed}");
    }

    private T Require<T>(string[] keys, ConfigValue.Conversion<T> convert, string allowed) => Find(keys, convert, allowed, out var value)
        ? value
        : throw CheckpointError.In(Path, "ConfigKeyMissing", $"{string.Join(" or ", keys.Select(Name))} is missing; it must be {allowed}");

    private bool Find<T>(string[] keys, ConfigValue.Conversion<T> convert, string allowed, out T converted)
    {
        if (!TryGetValue(keys, out var key, out var value))
        {
            converted = default!;
            return false;
        }

        return convert(value, out converted) ? true : throw Invalid(key, allowed);
    }

    private T[]? FindList<T>(string[] keys, ConfigValue.Conversion<T> convert, string allowed) =>
        Find(keys, (JsonElement value, out T[] list) => ConfigValue.TryList(value, convert, out list), allowed, out var found) ? found : null;

    private bool TryGetValue(string[] keys, out string found, out JsonElement value)
    {
        foreach (var key in keys)
        {
            if (Json.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null)
            {
                found = key;
                return true;
            }
        }

        found = "";
        value = default;
        return false;
    }

    private string Name(string key) => Excerpt.Of(_section + key);
}
