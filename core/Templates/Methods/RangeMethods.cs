namespace Gptx.Templates;

/// <summary>What a range can be asked.</summary>
internal static class RangeMethods
{
    private static readonly MethodTable<RangeValue> Table = new(new()
    {
        ["count"] = (range, call, run) => IntegerValue.Of(IsIn(range, call.Places("range.count", 1, 1)[0], run) ? 1 : 0),
        ["index"] = (range, call, run) =>
        {
            var wanted = call.Places("range.index", 1, 1)[0];
            return IsIn(range, wanted, run)
                ? IntegerValue.Of((PythonMath.Integer(wanted)!.Value - range.Start) / range.Step)
                : throw TemplateFault.Value($"{PythonText.Short(wanted, run)} is not in range");
        },
    });

    public static TemplateValue? Find(RangeValue range, string name) => name switch
    {
        "start" => IntegerValue.Of(range.Start),
        "stop" => IntegerValue.Of(range.Stop),
        "step" => IntegerValue.Of(range.Step),
        _ => Table.Find(range, name),
    };

    private static bool IsIn(RangeValue range, TemplateValue value, Rendering run) => PythonMath.Integer(value) is not null && Membership.Contains(range, value, run);
}
