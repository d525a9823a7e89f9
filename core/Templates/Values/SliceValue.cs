using System.Numerics;

namespace Gptx.Templates;

/// <summary>The <c>1:5:2</c> of a subscript.</summary>
internal sealed class SliceValue(BigInteger? start, BigInteger? stop, BigInteger? step) : TemplateValue
{
    // Beyond the length of any sequence, so that a longer step takes the same elements.
    private const long Farthest = 1L << 32;

    public override string TypeName => "slice";

    public override bool IsHashable => false;

    /// <summary>Where it begins in a sequence of so many elements, how far it steps, and how many it takes.</summary>
    public (long Start, long Step, long Count) Resolve(long length)
    {
        var by = Clamp(step ?? 1, -Farthest, Farthest);
        if (by == 0)
        {
            throw TemplateFault.Value("slice step cannot be zero");
        }

        var (lowest, highest) = by > 0 ? (0L, length) : (-1L, length - 1);
        var first = start is { } given ? Place(given, length, lowest, highest) : by > 0 ? lowest : highest;
        var end = stop is { } until ? Place(until, length, lowest, highest) : by > 0 ? highest : lowest;
        var distance = by > 0 ? end - first : first - end;
        var pace = Math.Abs(by);
        return (first, by, distance <= 0 ? 0 : ((distance - 1) / pace) + 1);
    }

    public List<TemplateValue> Of(List<TemplateValue> items, Rendering run)
    {
        var (first, by, count) = Resolve(items.Count);
        run.Budget.List(count);
        var taken = new List<TemplateValue>((int)count);
        for (long i = 0; i < count; i++)
        {
            taken.Add(items[(int)(first + (i * by))]);
        }

        return taken;
    }

    public override void Show(BoundedText into, Rendering run) => into.Append($"slice({Part(start)}, {Part(stop)}, {Part(step)})");

    private static long Place(BigInteger index, long length, long lowest, long highest) => Clamp(index.Sign < 0 ? index + length : index, lowest, highest);

    private static long Clamp(BigInteger value, long lowest, long highest) => value < lowest ? lowest : value > highest ? highest : (long)value;

    private static string Part(BigInteger? part) => part is { } number ? PythonNumbers.Digits(number) : "None";
}
