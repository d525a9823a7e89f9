using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Gptx.Templates;

/// <summary>JSON as values of a template: whole numbers without bounds, others as floats, objects in their order.</summary>
internal static class JsonValues
{
    public static TemplateValue Of(JsonElement json, Rendering run)
    {
        run.Budget.CheckStack();
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return new TextValue(JsonText.Of(json));
            case JsonValueKind.Number:
                return Number(json.GetRawText());
            case JsonValueKind.True:
                return BooleanValue.True;
            case JsonValueKind.False:
                return BooleanValue.False;
            case JsonValueKind.Array:
                return new ListValue([.. json.EnumerateArray().Select(item => Of(item, run))]);
            case JsonValueKind.Object:
                var dictionary = new DictionaryValue(run);
                foreach (var property in json.EnumerateObject())
                {
                    dictionary.Set(new TextValue(JsonText.NameOf(property)), Of(property.Value, run));
                }

                return dictionary;
            default:
                return NoneValue.Instance;
        }
    }

    private static TemplateValue Number(string text) => text.AsSpan().IndexOfAny(".eE") < 0
        ? IntegerValue.Of(PythonNumbers.ParseInteger(text) ?? BigInteger.Zero)
        : new FloatValue(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
}
