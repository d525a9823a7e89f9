namespace Gptx.Templates;

/// <summary>What <c>+ - * / // % **</c> do with any two values.</summary>
internal static class Operators
{
    public static TemplateValue Apply(ArithmeticOperator operation, TemplateValue left, TemplateValue right, Rendering run)
    {
        if (PythonMath.Combine(operation, left, right, run) is { } number)
        {
            return number;
        }

        if (operation == ArithmeticOperator.Modulo && left is TextValue pattern)
        {
            return PercentFormat.Apply(pattern, right, run);
        }

        if ((left as UndefinedValue ?? right as UndefinedValue) is { } undefined)
        {
            throw undefined.Fault();
        }

        return operation switch
        {
            ArithmeticOperator.Add => Add(left, right, run),
            ArithmeticOperator.Multiply => Repeat(left, right, run) ?? Repeat(right, left, run) ?? throw Unsupported(operation, left, right),
            _ => throw Unsupported(operation, left, right),
        };
    }

    private static TemplateValue Add(TemplateValue left, TemplateValue right, Rendering run)
    {
        switch (left, right)
        {
            case (TextValue a, TextValue b):
                var (first, second) = Html.Matched(a, b, run);
                run.Budget.Text(first.Length + (long)second.Length);
                return new TextValue(first + second, a.IsMarkup || b.IsMarkup);
            case (ListValue a, ListValue b):
                return new ListValue(Joined(a.Items, b.Items, run));
            case (TupleValue a, TupleValue b):
                return new TupleValue(Joined(a.Items, b.Items, run));
            case (BytesValue a, BytesValue b):
                run.Budget.Text(a.Bytes.Length + (long)b.Bytes.Length);
                return new BytesValue([.. a.Bytes, .. b.Bytes]);
            case (TextValue, _):
                throw TemplateFault.Type($"can only concatenate str (not \"{right.TypeName}\") to str");
            case (ListValue, _):
                throw TemplateFault.Type($"can only concatenate list (not \"{right.TypeName}\") to list");
            case (TupleValue, _):
                throw TemplateFault.Type($"can only concatenate tuple (not \"{right.TypeName}\") to tuple");
            default:
                throw Unsupported(ArithmeticOperator.Add, left, right);
        }
    }

    private static List<TemplateValue> Joined(List<TemplateValue> first, List<TemplateValue> second, Rendering run)
    {
        run.Budget.List(first.Count + (long)second.Count);
        return [.. first, .. second];
    }

    private static TemplateValue? Repeat(TemplateValue sequence, TemplateValue times, Rendering run)
    {
        if (PythonMath.Integer(times) is not { } number || sequence is not (TextValue or ListValue or TupleValue or BytesValue))
        {
            return null;
        }

        var count = number.Sign <= 0 ? 0 : number > int.MaxValue ? int.MaxValue : (int)number;
        switch (sequence)
        {
            case TextValue text:
                run.Budget.Text(text.Text.Length * (long)count);
                return text.With(new System.Text.StringBuilder().Insert(0, text.Text, text.Text.Length == 0 ? 0 : count).ToString());
            case ListValue list:
                return new ListValue(Repeated(list.Items, count, run));
            case TupleValue tuple:
                return new TupleValue(Repeated(tuple.Items, count, run));
            default:
                var bytes = ((BytesValue)sequence).Bytes;
                run.Budget.Text(bytes.Length * (long)count);
                return new BytesValue([.. Enumerable.Range(0, bytes.Length == 0 ? 0 : count).SelectMany(_ => bytes)]);
        }
    }

    private static List<TemplateValue> Repeated(List<TemplateValue> items, int times, Rendering run)
    {
        run.Budget.List(items.Count * (long)times);
        var repeated = new List<TemplateValue>(items.Count * times);
        for (var i = 0; i < times && items.Count > 0; i++)
        {
            repeated.AddRange(items);
        }

        return repeated;
    }

    private static TemplateFault Unsupported(ArithmeticOperator operation, TemplateValue left, TemplateValue right)
    {
        var sign = operation switch
        {
            ArithmeticOperator.Add => "+",
            ArithmeticOperator.Subtract => "-",
            ArithmeticOperator.Multiply => "*",
            ArithmeticOperator.Divide => "/",
            ArithmeticOperator.FloorDivide => "//",
            ArithmeticOperator.Modulo => "%",
            _ => "** or pow()",
        };
        return operation == ArithmeticOperator.Multiply && (left is TextValue or ListValue or TupleValue || right is TextValue or ListValue or TupleValue)
            ? TemplateFault.Type($"can't multiply sequence by non-int of type '{(left is TextValue or ListValue or TupleValue ? right : left).TypeName}'")
            : TemplateFault.Type($"unsupported operand type(s) for {sign}: '{left.TypeName}' and '{right.TypeName}'");
    }
}
