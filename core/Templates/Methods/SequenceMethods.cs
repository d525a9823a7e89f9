namespace Gptx.Templates;

/// <summary>What lists and tuples can both be asked.</summary>
internal static class SequenceMethods
{
    public static TemplateValue Count(List<TemplateValue> items, CallArguments call, string name, Rendering run)
    {
        var wanted = call.Places(name, 1, 1)[0];
        return IntegerValue.Of(items.Count(item => ReferenceEquals(item, wanted) || Equality.AreEqual(item, wanted, run)));
    }

    public static TemplateValue Index(List<TemplateValue> items, CallArguments call, string name, Rendering run)
    {
        var given = call.Places(name, 1, 3);
        var (start, end) = Bounds(given, 1, items.Count);
        for (var i = start; i < end; i++)
        {
            if (ReferenceEquals(items[i], given[0]) || Equality.AreEqual(items[i], given[0], run))
            {
                return IntegerValue.Of(i);
            }
        }

        throw TemplateFault.Value(name.StartsWith("list", StringComparison.Ordinal) ? $"{PythonText.Short(given[0], run)} is not in list" : $"{name}(x): x not in tuple");
    }

    /// <summary>An optional start and end among arguments, as slices take them: negative from the end, beyond the ends cut.</summary>
    public static (int Start, int End) Bounds(IReadOnlyList<TemplateValue> given, int first, int length) =>
        (Bound(given, first, 0, length), Bound(given, first + 1, length, length));

    private static int Bound(IReadOnlyList<TemplateValue> given, int place, int missing, int length)
    {
        if (place >= given.Count || given[place] is NoneValue)
        {
            return missing;
        }

        if (PythonMath.Integer(given[place]) is not { } index)
        {
            throw TemplateFault.Type("slice indices must be integers or None or have an __index__ method");
        }

        index = index.Sign < 0 ? index + length : index;
        return index.Sign < 0 ? 0 : index > length ? length : (int)index;
    }
}
