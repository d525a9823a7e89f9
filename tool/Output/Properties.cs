using System.Collections;
using System.Globalization;

namespace Gptx.Tool.Output;

/// <summary>A single result that a person reads as a list of properties.</summary>
internal static class Properties
{
    public static Report<T> Of<T>(RecordShape<T> shape) => new()
    {
        Shape = shape,
        IsSingle = true,
        Show = (screen, all) => screen.Pairs(shape.Fields.Select(field => KeyValuePair.Create(field.Name, Text(field.Value(all[0]))))),
    };

    private static string Text(object? value) => value switch
    {
        null => "-",
        string text => VisibleText.OneLine(text),
        int or long => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
        IEnumerable list => List([.. list.Cast<object?>().Select(item => $"{item}")]),
        _ => $"{value}",
    };

    private static string List(string[] items) => items.Length == 0 ? "none" : VisibleText.OneLine(string.Join(", ", items));
}
