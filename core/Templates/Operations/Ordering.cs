using System.Numerics;

namespace Gptx.Templates;

/// <summary>What <c>&lt;</c> says of two values: numbers, texts by code points, lists and tuples element by element; anything else is an error.</summary>
internal static class Ordering
{
    public static bool IsLess(TemplateValue a, TemplateValue b, Rendering run) => Holds("<", a, b, run);

    public static bool Holds(string sign, TemplateValue a, TemplateValue b, Rendering run)
    {
        run.Budget.Step();
        if ((a as UndefinedValue ?? b as UndefinedValue) is { } undefined)
        {
            throw undefined.Fault();
        }

        switch (a, b)
        {
            case (TextValue x, TextValue y):
                run.Budget.Characters(Math.Min(x.Text.Length, y.Text.Length));
                return Fits(sign, CodePoints(x.Text, y.Text));
            case (ListValue x, ListValue y):
                return Lists(sign, x.Items, y.Items, run);
            case (TupleValue x, TupleValue y):
                return Lists(sign, x.Items, y.Items, run);
            case (BytesValue x, BytesValue y):
                return Fits(sign, x.Bytes.AsSpan().SequenceCompareTo(y.Bytes));
        }

        return PythonMath.IsNumber(a, out _) && PythonMath.IsNumber(b, out _)
            ? Numbers(a, b) is { } order && Fits(sign, order)
            : throw TemplateFault.Type($"'{sign}' not supported between instances of '{a.TypeName}' and '{b.TypeName}'");
    }

    /// <summary>The order of two numbers, exact also where a float cannot hold an integer; null where one is no number.</summary>
    public static int? Numbers(TemplateValue a, TemplateValue b)
    {
        if (PythonMath.Integer(a) is { } x)
        {
            return PythonMath.Integer(b) is { } y ? x.CompareTo(y) : Mixed(x, ((FloatValue)b).Value);
        }

        var real = ((FloatValue)a).Value;
        if (PythonMath.Integer(b) is { } integer)
        {
            return -Mixed(integer, real);
        }

        var other = ((FloatValue)b).Value;
        return double.IsNaN(real) || double.IsNaN(other) ? null : real.CompareTo(other);
    }

    /// <summary>Sorts as Python does: equal elements keep their order, also in reverse.</summary>
    public static void Sort(List<(TemplateValue Key, TemplateValue Value)> rows, bool reverse, Rendering run)
    {
        if (reverse)
        {
            rows.Reverse();
        }

        run.Budget.List(rows.Count * 3L);
        MergeSort(rows, new (TemplateValue, TemplateValue)[rows.Count], 0, rows.Count, run);
        if (reverse)
        {
            rows.Reverse();
        }
    }

    private static void MergeSort(List<(TemplateValue Key, TemplateValue Value)> rows, (TemplateValue Key, TemplateValue Value)[] spare, int start, int end, Rendering run)
    {
        if (end - start < 2)
        {
            return;
        }

        var middle = (start + end) / 2;
        MergeSort(rows, spare, start, middle, run);
        MergeSort(rows, spare, middle, end, run);
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeRight = left >= middle || (right < end && IsLess(rows[right].Key, rows[left].Key, run));
            spare[i] = rows[takeRight ? right++ : left++];
        }

        for (var i = start; i < end; i++)
        {
            rows[i] = spare[i];
        }
    }

    private static bool Lists(string sign, List<TemplateValue> a, List<TemplateValue> b, Rendering run)
    {
        run.Budget.Enter();
        bool? found = null;
        for (var i = 0; i < a.Count && i < b.Count && found is null; i++)
        {
            if (!ReferenceEquals(a[i], b[i]) && !Equality.AreEqual(a[i], b[i], run))
            {
                found = Holds(sign, a[i], b[i], run);
            }
        }

        run.Budget.Leave();
        return found ?? Fits(sign, a.Count.CompareTo(b.Count));
    }

    private static bool Fits(string sign, int order) => sign switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static int? Mixed(BigInteger integer, double real)
    {
        if (!double.IsFinite(real))
        {
            return double.IsNaN(real) ? null : real > 0 ? -1 : 1;
        }

        var whole = Math.Floor(real);
        var order = integer.CompareTo(new BigInteger(whole));
        return order != 0 ? order : whole < real ? -1 : 0;
    }

    // UTF-16 puts what lies above U+FFFF before U+E000: the halves of pairs are lifted over it.
    private static int CodePoints(string a, string b)
    {
        var common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        return Lifted(a[common]).CompareTo(Lifted(b[common]));
    }

    private static int Lifted(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
