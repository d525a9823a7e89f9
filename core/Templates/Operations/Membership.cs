namespace Gptx.Templates;

/// <summary>What <c>in</c> says.</summary>
internal static class Membership
{
    public static bool Contains(TemplateValue container, TemplateValue value, Rendering run)
    {
        switch (container)
        {
            case TextValue text:
                if (value is not TextValue part)
                {
                    throw TemplateFault.Type($"'in <string>' requires string as left operand, not {value.TypeName}");
                }

                return TextSearch.IndexOf(text.Text, part.Text, 0, run) >= 0;
            case DictionaryValue dictionary:
                return dictionary.Get(value) is not null;
            case DictionaryView { Part: DictionaryPart.Keys } keys:
                return keys.Dictionary.Get(value) is not null;
            case RangeValue range when PythonMath.Integer(value) is { } number:
                var offset = number - range.Start;
                return (offset % range.Step).IsZero && offset / range.Step is { Sign: >= 0 } place && place < range.Count;
            case BytesValue bytes when PythonMath.Integer(value) is { } number:
                return bytes.Bytes.Any(item => item == number);
        }

        using var elements = container.Elements(run) ?? throw TemplateFault.Type($"argument of type '{container.TypeName}' is not iterable");
        while (elements.MoveNext())
        {
            if (ReferenceEquals(elements.Current, value) || Equality.AreEqual(elements.Current, value, run))
            {
                return true;
            }
        }

        return false;
    }
}
