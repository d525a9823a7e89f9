using System.Collections;
using System.Management.Automation;

namespace Gptx.PowerShell;

/// <summary>
/// The text of an object in the pipeline: a string is text, a file is its content, another object has it in a property. Never an
/// object's ToString(): nobody means to embed the name of a type.
/// </summary>
internal static class InputText
{
    private static readonly string[] Properties = ["Text", "Content", "Line"];

    /// <summary>The text of an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="property">The property that holds it; null for the first of Text, Content and Line.</param>
    /// <exception cref="GptxException"><c>TextMissing</c>, with the properties that there are; <c>FileUnreadable</c>.</exception>
    public static string Of(PSObject? item, string? property) => item?.BaseObject switch
    {
        null => throw Missing("the input is null: give a string, a file, or an object with a property Text, Content or Line"),
        string text when property is null => text,
        FileInfo file when property is null => Content(file),
        _ => FromProperty(item, property),
    };

    /// <summary>The text of an object, if it is a string or has a property with one.</summary>
    public static string? Find(PSObject item) => item.BaseObject as string
        ?? Properties.Select(name => Value(item, name)).Select(value => (value is PSObject wrapped ? wrapped.BaseObject : value) as string).FirstOrDefault(text => text is not null);

    private static string FromProperty(PSObject item, string? property)
    {
        foreach (var name in property is null ? Properties : [property])
        {
            if (Value(item, name) is { } value)
            {
                return (value is PSObject wrapped ? wrapped.BaseObject : value) as string
                    ?? throw Missing($"the property {name} holds no text but a {value.GetType().Name}");
            }
        }

        var wanted = property is null ? "Text, Content or Line" : $"'{property}'";
        throw Missing($"a {item.BaseObject.GetType().Name} has no property {wanted}; it has {Listed(item)}. Name the one with the text: -Property NAME");
    }

    private static object? Value(PSObject item, string name) =>
        item.BaseObject is IDictionary table && table.Contains(name) ? table[name] : item.Properties[name]?.Value;

    private static string Listed(PSObject item)
    {
        string[] names = item.BaseObject is IDictionary table
            ? [.. table.Keys.Cast<object>().Select(key => $"{key}")]
            : [.. item.Properties.Select(property => property.Name)];
        return names.Length == 0 ? "none" : string.Join(", ", names);
    }

    private static string Content(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GptxException(GptxErrorKind.InvalidInput, "FileUnreadable", $"{file.FullName} cannot be read: {error.Message}", error);
        }
    }

    private static GptxException Missing(string message) => new(GptxErrorKind.InvalidInput, "TextMissing", message);
}
