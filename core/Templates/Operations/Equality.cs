using System.Numerics;

namespace Gptx.Templates;

/// <summary>Which values are equal, to <c>==</c> and as keys: numbers by what they are worth, lists and dictionaries by what they hold.</summary>
internal sealed class Equality(Rendering run) : IEqualityComparer<TemplateValue>
{
    public bool Equals(TemplateValue? x, TemplateValue? y) => AreEqual(x!, y!, run);

    public int GetHashCode(TemplateValue value)
    {
        switch (value)
        {
            case TextValue text:
                run.Budget.Characters(text.Text.Length);
                return string.GetHashCode(text.Text, StringComparison.Ordinal);
            case BooleanValue or IntegerValue:
                return PythonMath.Integer(value)!.Value.GetHashCode();
            case FloatValue { Value: var number }:
                return double.IsFinite(number) && Math.Floor(number) == number ? new BigInteger(number).GetHashCode() : number.GetHashCode();
            case UndefinedValue:
                return 1;
            case TupleValue tuple:
                run.Budget.Enter();
                var hash = default(HashCode);
                foreach (var item in tuple.Items)
                {
                    run.Budget.Step();
                    hash.Add(GetHashCode(item));
                }

                run.Budget.Leave();
                return hash.ToHashCode();
            case BytesValue { Bytes: var bytes }:
                var content = default(HashCode);
                content.AddBytes(bytes);
                return content.ToHashCode();
            case { IsHashable: false }:
                throw TemplateFault.Type($"unhashable type: '{value.TypeName}'");
            default:
                return System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value);
        }
    }

    public static bool AreEqual(TemplateValue a, TemplateValue b, Rendering run)
    {
        run.Budget.Step();
        switch (a, b)
        {
            case (TextValue x, TextValue y):
                run.Budget.Characters(x.Text.Length == y.Text.Length ? x.Text.Length : 0);
                return x.Text == y.Text;
            case (UndefinedValue, _) or (_, UndefinedValue):
                return a is UndefinedValue && b is UndefinedValue;
            case (FloatValue x, FloatValue y):
                return x.Value == y.Value;
            case (ListValue x, ListValue y):
                return ReferenceEquals(x, y) || AreEqual(x.Items, y.Items, run);
            case (TupleValue x, TupleValue y):
                return ReferenceEquals(x, y) || AreEqual(x.Items, y.Items, run);
            case (DictionaryValue x, DictionaryValue y):
                return ReferenceEquals(x, y) || AreEqual(x, y, run);
            case (DictionaryView x, DictionaryView y):
                return ReferenceEquals(x, y) || (x.Part != DictionaryPart.Values && x.Part == y.Part && AreEqualSets(x, y, run));
            case (RangeValue x, RangeValue y):
                return x.Count == y.Count && (x.Count == 0 || (x.Start == y.Start && (x.Count == 1 || x.Step == y.Step)));
            case (BytesValue x, BytesValue y):
                return x.Bytes.AsSpan().SequenceEqual(y.Bytes);
        }

        return PythonMath.IsNumber(a, out _) && PythonMath.IsNumber(b, out _) ? Ordering.Numbers(a, b) == 0 : ReferenceEquals(a, b);
    }

    private static bool AreEqual(List<TemplateValue> a, List<TemplateValue> b, Rendering run)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        run.Budget.Enter();
        var areEqual = true;
        for (var i = 0; i < a.Count && areEqual; i++)
        {
            areEqual = ReferenceEquals(a[i], b[i]) || AreEqual(a[i], b[i], run);
        }

        run.Budget.Leave();
        return areEqual;
    }

    private static bool AreEqual(DictionaryValue a, DictionaryValue b, Rendering run)
    {
        if (a.Pairs.Count != b.Pairs.Count)
        {
            return false;
        }

        run.Budget.Enter();
        var areEqual = true;
        foreach (var (key, value) in a.Pairs)
        {
            areEqual = b.Get(key) is { } other && (ReferenceEquals(value, other) || AreEqual(value, other, run));
            if (!areEqual)
            {
                break;
            }
        }

        run.Budget.Leave();
        return areEqual;
    }

    private static bool AreEqualSets(DictionaryView a, DictionaryView b, Rendering run) => a.Dictionary.Pairs.Count == b.Dictionary.Pairs.Count
        && (a.Part == DictionaryPart.Items ? AreEqual(a.Dictionary, b.Dictionary, run) : a.Dictionary.Pairs.TrueForAll(pair => b.Dictionary.Get(pair.Key) is not null));
}
