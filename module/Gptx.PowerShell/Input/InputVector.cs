using System.Collections;
using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>The vector of an object in the pipeline: its property Vector, and with it Text, Tokens, Ids and Model where it has them.</summary>
internal static class InputVector
{
    /// <summary>The vector of an object, made here or read back from JSON or CLIXML.</summary>
    /// <exception cref="GptxException"><c>VectorMissing</c>, with the properties that there are; <c>VectorUnreadable</c>.</exception>
    public static TokenVector Of(PSObject? item, int index)
    {
        if (item is null || Value(item, "Vector") is not { } numbers)
        {
            var listed = item is null ? "it is null" : $"a {item.BaseObject.GetType().Name} has {Listed(item)}";
            throw new GptxException(GptxErrorKind.InvalidInput, "VectorMissing", $"the input has no property Vector: {listed}");
        }

        var tokens = List<string>(item, "Tokens") ?? List<string>(item, "Token") ?? [];
        var ids = List<int>(item, "Ids") ?? List<int>(item, "Id") ?? [];
        return new TokenVector(Label(item, tokens, index), index, tokens, ids, Numbers(numbers), Value(item, "Model") as string ?? "");
    }

    /// <summary>The vector of an object that has one; else that of its text, looked up as a word.</summary>
    /// <exception cref="GptxException"><c>VectorMissing</c>, with the properties that there are; <c>TextEmpty</c>.</exception>
    public static TokenVector OfWordOrObject(PSObject? item, int index, Func<string, TokenVector> ofWord) =>
        item is not null && Value(item, "Vector") is null && InputText.Find(item) is { } word ? ofWord(word) : Of(item, index);

    /// <summary>A vector of plain numbers.</summary>
    public static TokenVector Of(float[] vector, int index) => new($"{index}", index, [], [], vector, "");

    /// <summary>A vector as the searches among one's own take it.</summary>
    public static LabelledVector Labelled(TokenVector vector) => new(vector.Text, vector.Vector, vector.Model.Length == 0 ? null : vector.Model);

    // Several tokens of one text have that text in common: each is called by its own.
    private static string Label(PSObject item, IReadOnlyList<string> tokens, int index)
    {
        var text = Value(item, "Text") as string;
        var token = tokens is [var only] ? only.Trim(' ') : "";
        return token.Length > 0 && text != token ? token : text ?? $"{Value(item, "Position") ?? index}";
    }

    private static float[] Numbers(object value)
    {
        try
        {
            return value as float[] ?? LanguagePrimitives.ConvertTo<float[]>(value);
        }
        catch (PSInvalidCastException error)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "VectorUnreadable", $"the property Vector is no list of numbers: {error.Message}", error);
        }
    }

    private static IReadOnlyList<T>? List<T>(PSObject item, string name) => Value(item, name) switch
    {
        null => null,
        IReadOnlyList<T> list => list,
        var value when LanguagePrimitives.TryConvertTo<T[]>(value, out var converted) => converted,
        _ => null,
    };

    private static object? Value(PSObject item, string name)
    {
        var value = item.BaseObject is IDictionary table && table.Contains(name) ? table[name] : item.Properties[name]?.Value;
        return value is PSObject wrapped ? wrapped.BaseObject : value;
    }

    private static string Listed(PSObject item)
    {
        string[] names = [.. item.Properties.Select(property => property.Name)];
        return names.Length == 0 ? "none" : string.Join(", ", names);
    }
}
