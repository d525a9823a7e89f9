using System.Collections;
using System.Globalization;

namespace Gptx.Tokenization;

/// <summary>The entries of a GGUF file's metadata, read by type.</summary>
internal sealed class GgufEntries(IReadOnlyDictionary<string, object> metadata, string name)
{
    public string Name => name;

    public IEnumerable<string> Keys => metadata.Keys;

    public string? Text(string key) => Find<string>(key, "a string", value => value as string);

    public bool? Flag(string key) => Find<bool?>(key, "true or false", value => value as bool?);

    /// <summary>A token's id; one that no token has counts as missing, as files write -1 for none.</summary>
    public int? Id(string key, int count) => Find<long?>(key, "a whole number", Whole) is { } id && id >= 0 && id < count ? (int)id : null;

    /// <summary>An array of texts.</summary>
    public IReadOnlyList<string>? Texts(string key) => Find(key, "an array of strings", value => value as IReadOnlyList<string>);

    /// <summary>An array of whole numbers.</summary>
    public IReadOnlyList<int>? Integers(string key) => Find(key, "an array of whole numbers", value => Array(value, Whole, number => (int)Math.Clamp(number, int.MinValue, int.MaxValue)));

    /// <summary>An array of numbers.</summary>
    public IReadOnlyList<double>? Numbers(string key) => Find(key, "an array of numbers", value => Array(value, Number, number => number));

    public GptxException Missing(string key) => TokenizerErrors.Unreadable($"{name}.{key}", "the entry is missing");

    public GptxException Wrong(string key, string what) => TokenizerErrors.Unreadable($"{name}.{key}", what);

    private T? Find<T>(string key, string expected, Func<object, T?> read) =>
        metadata.TryGetValue(key, out object? value) ? read(value) ?? throw Wrong(key, $"expected {expected}, found {value.GetType().Name}") : default;

    private static TResult[]? Array<T, TResult>(object value, Func<object, T?> read, Func<T, TResult> convert)
        where T : struct
    {
        if (value is not IList list || value is string[])
        {
            return null;
        }

        var result = new TResult[list.Count];
        for (int i = 0; i < result.Length; i++)
        {
            if (list[i] is not { } element || read(element) is not { } number)
            {
                return null;
            }

            result[i] = convert(number);
        }

        return result;
    }

    private static long? Whole(object value) => value switch
    {
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong large => (long)Math.Min(large, long.MaxValue),
        _ => null,
    };

    private static double? Number(object value) => value switch
    {
        float or double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => Whole(value),
    };
}
