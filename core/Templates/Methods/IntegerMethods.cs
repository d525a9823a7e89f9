using System.Numerics;

namespace Gptx.Templates;

/// <summary>Attributes and methods of integers, and of True and False.</summary>
internal static class IntegerMethods
{
    public static TemplateValue? Find(TemplateValue self, BigInteger value, string name)
    {
        switch (name)
        {
            case "real" or "numerator":
                return IntegerValue.Of(value);
            case "imag":
                return IntegerValue.Of(0);
            case "denominator":
                return IntegerValue.Of(1);
        }

        Func<CallArguments, Rendering, TemplateValue>? method = name switch
        {
            "bit_length" => (_, _) => IntegerValue.Of(BigInteger.Abs(value).GetBitLength()),
            "bit_count" => (_, _) => IntegerValue.Of(BigInteger.Abs(value).ToByteArray().Sum(part => BitOperations.PopCount(part))),
            "conjugate" => (_, _) => IntegerValue.Of(value),
            "is_integer" => (_, _) => BooleanValue.True,
            "as_integer_ratio" => (_, _) => TupleValue.Of(IntegerValue.Of(value), IntegerValue.Of(1)),
            "to_bytes" => (call, run) => ToBytes(value, call, run),
            _ => null,
        };
        return method is null ? null : new CallableValue($"{name} of {self.TypeName} object", (call, run) =>
        {
            _ = name == "to_bytes" ? [] : call.Places($"{self.TypeName}.{name}", 0, 0);
            return method(call, run);
        });
    }

    private static BytesValue ToBytes(BigInteger value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("to_bytes", 0, "length", "byteorder", "signed");
        var length = bound[0] is null ? 1 : Arguments.Integer(bound[0]!, "to_bytes");
        run.Budget.Text(length);
        var isSigned = bound[2]?.IsTrue(run) ?? false;
        if (value.Sign < 0 && !isSigned)
        {
            throw TemplateFault.Overflow("can't convert negative int to unsigned");
        }

        var bytes = value.ToByteArray(!isSigned, isBigEndian: false);
        if (bytes.Length > length)
        {
            throw TemplateFault.Overflow("int too big to convert");
        }

        var padded = new byte[length];
        Array.Fill(padded, value.Sign < 0 ? (byte)0xFF : (byte)0);
        bytes.CopyTo(padded, 0);
        if (bound[1] is not TextValue { Text: "little" })
        {
            Array.Reverse(padded);
        }

        return new BytesValue(padded);
    }
}
