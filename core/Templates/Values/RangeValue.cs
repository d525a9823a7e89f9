using System.Numerics;

namespace Gptx.Templates;

/// <summary>What <c>range()</c> gives: whole numbers from a start to before a stop.</summary>
internal sealed class RangeValue(long start, long stop, long step) : TemplateValue
{
    public long Start { get; } = start;

    public long Stop { get; } = stop;

    public long Step { get; } = step;

    public long Count { get; } = step > 0
        ? (stop > start ? ((stop - start - 1) / step) + 1 : 0)
        : (start > stop ? ((start - stop - 1) / -step) + 1 : 0);

    public override string TypeName => "range";

    public override bool IsTrue(Rendering run) => Count > 0;

    public override long? Length(Rendering run) => Count;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Values(0, Count).GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => RangeMethods.Find(this, name);

    public override TemplateValue? Item(TemplateValue key, Rendering run)
    {
        if (key is SliceValue slice)
        {
            var (first, step, count) = slice.Resolve(Count);
            return new RangeValue(At(first), At(first + ((BigInteger)step * count)), Saturated((BigInteger)step * Step));
        }

        return Subscript.Index(key, Count) is { } index ? IntegerValue.Of(Start + (index * Step)) : null;
    }

    public override void Show(BoundedText into, Rendering run) => into.Append(Step == 1 ? $"range({Start}, {Stop})" : $"range({Start}, {Stop}, {Step})");

    private long At(BigInteger index) => Saturated(Start + (index * Step));

    private static long Saturated(BigInteger value) => value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;

    private IEnumerable<TemplateValue> Values(long from, long count)
    {
        for (var i = from; i < count; i++)
        {
            yield return IntegerValue.Of(Start + (i * Step));
        }
    }
}
