namespace Gptx.Templates;

/// <summary>Filters on lists and whatever can be gone through.</summary>
internal static class SequenceFilters
{
    public static readonly Dictionary<string, TemplateFilter> All = new()
    {
        ["length"] = Length,
        ["count"] = Length,
        ["first"] = (value, call, run) =>
        {
            call.Places("first", 0, 0);
            using var elements = value.Iterate(run);
            return elements.MoveNext() ? elements.Current : new UndefinedValue("No first item, sequence was empty.");
        },
        ["last"] = Last,
        ["list"] = (value, call, run) => new ListValue(call.Places("list", 0, 0).Count == 0 ? value.ToList(run) : []),
        ["reverse"] = Reverse,
        ["sum"] = Sum,
        ["batch"] = (value, call, run) =>
        {
            var bound = call.Bind("batch", 1, "linecount", "fill_with");
            return new IteratorValue(Batches(value, bound[0]!, bound[1], run));
        },
        ["slice"] = (value, call, run) =>
        {
            var bound = call.Bind("slice", 1, "slices", "fill_with");
            return new IteratorValue(Slices(value, bound[0]!, bound[1], run));
        },
        ["default"] = Default,
        ["d"] = Default,
    };

    /// <summary>The elements of a value from its end, or null where it cannot be gone through backwards.</summary>
    public static IEnumerable<TemplateValue>? Backwards(TemplateValue value, Rendering run) => value switch
    {
        ListValue list => Enumerable.Reverse(list.Items),
        TupleValue tuple => Enumerable.Reverse(tuple.Items),
        TextValue or RangeValue or BytesValue => Indexed(value, run),
        DictionaryValue dictionary => Enumerable.Reverse(dictionary.Pairs).Select(pair => pair.Key),
        DictionaryView view => Enumerable.Reverse(view.ToList(run)),
        UndefinedValue => [],
        _ => null,
    };

    private static IEnumerable<TemplateValue> Indexed(TemplateValue value, Rendering run)
    {
        for (var i = value.Length(run)!.Value - 1; i >= 0; i--)
        {
            yield return value.Item(IntegerValue.Of(i), run)!;
        }
    }

    private static TemplateValue Default(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("default", 0, "default_value", "boolean");
        return value is UndefinedValue || ((bound[1]?.IsTrue(run) ?? false) && !value.IsTrue(run)) ? bound[0] ?? TextValue.Empty : value;
    }

    private static IntegerValue Length(TemplateValue value, CallArguments call, Rendering run)
    {
        call.Places("len", 0, 0);
        return IntegerValue.Of(value.Length(run) ?? throw TemplateFault.Type($"object of type '{value.TypeName}' has no len()"));
    }

    private static TemplateValue Last(TemplateValue value, CallArguments call, Rendering run)
    {
        call.Places("last", 0, 0);
        foreach (var last in Backwards(value, run) ?? throw TemplateFault.Type($"'{value.TypeName}' object is not reversible"))
        {
            return last;
        }

        return new UndefinedValue("No last item, sequence was empty.");
    }

    private static TemplateValue Reverse(TemplateValue value, CallArguments call, Rendering run)
    {
        call.Places("reverse", 0, 0);
        if (value is TextValue text)
        {
            return text.Item(new SliceValue(start: null, stop: null, step: -1), run)!;
        }

        if (Backwards(value, run) is { } backwards)
        {
            return new IteratorValue(backwards, value is ListValue ? "list_reverseiterator" : "reversed");
        }

        if (value.Elements(run) is null)
        {
            throw TemplateFault.Argument("argument must be iterable");
        }

        var list = value.ToList(run);
        list.Reverse();
        return new ListValue(list);
    }

    private static TemplateValue Sum(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("sum", 0, "attribute", "start");
        var getter = Arguments.IsAbsent(bound[0]) ? null : AttributePath.Of(bound[0]!, run);
        var total = bound[1] ?? IntegerValue.Of(0);
        if (total is TextValue)
        {
            throw TemplateFault.Type("sum() can't sum strings [use ''.join(seq) instead]");
        }

        using var elements = value.Iterate(run);
        while (elements.MoveNext())
        {
            run.Budget.Step();
            total = Operators.Apply(ArithmeticOperator.Add, total, getter is null ? elements.Current : getter.Get(elements.Current), run);
        }

        return total;
    }

    private static IEnumerable<TemplateValue> Batches(TemplateValue value, TemplateValue lineCount, TemplateValue? fill, Rendering run)
    {
        var batch = new List<TemplateValue>();
        using var elements = value.Iterate(run);
        while (elements.MoveNext())
        {
            run.Budget.Step();
            run.Budget.Memory(16);
            if (Equality.AreEqual(IntegerValue.Of(batch.Count), lineCount, run))
            {
                yield return new ListValue(batch);
                batch = [];
            }

            batch.Add(elements.Current);
        }

        if (batch.Count > 0)
        {
            if (!Arguments.IsAbsent(fill) && Ordering.IsLess(IntegerValue.Of(batch.Count), lineCount, run))
            {
                var missing = Arguments.Integer(lineCount, "batch") - batch.Count;
                run.Budget.List(missing);
                batch.AddRange(Enumerable.Repeat(fill!, missing));
            }

            yield return new ListValue(batch);
        }
    }

    private static IEnumerable<TemplateValue> Slices(TemplateValue value, TemplateValue slices, TemplateValue? fill, Rendering run)
    {
        var all = value.ToList(run);
        var count = Arguments.Integer(slices, "slice");
        if (count == 0)
        {
            throw TemplateFault.ZeroDivision("integer division or modulo by zero");
        }

        var each = count < 0 ? 0 : all.Count / count;
        var longer = count < 0 ? 0 : all.Count % count;
        var start = 0;
        for (var i = 0; i < count; i++)
        {
            run.Budget.Step();
            var length = each + (i < longer ? 1 : 0);
            run.Budget.List(length + 1);
            var slice = all.GetRange(start, length);
            start += length;
            if (!Arguments.IsAbsent(fill) && i >= longer)
            {
                slice.Add(fill!);
            }

            yield return new ListValue(slice);
        }
    }
}
