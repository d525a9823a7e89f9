namespace Gptx.Templates;

/// <summary>
/// A text, measured and cut in code points. One that is <see cref="IsMarkup"/> is HTML already (<c>escape</c>, <c>safe</c>): what is joined to it is escaped first.
/// </summary>
internal sealed class TextValue(string text, bool isMarkup = false) : TemplateValue
{
    public static readonly TextValue Empty = new("");

    // Where each code point begins; null where each is one UTF-16 unit.
    private int[]? _starts;
    private bool _isMeasured;

    public string Text { get; } = text;

    public bool IsMarkup { get; } = isMarkup;

    public override string TypeName => IsMarkup ? "Markup" : "str";

    public TextValue With(string text) => new(text, IsMarkup);

    public override bool IsTrue(Rendering run) => Text.Length > 0;

    public override long? Length(Rendering run) => CodePointCount(run);

    public int CodePointCount(Rendering run)
    {
        Measure(run);
        return _starts?.Length ?? Text.Length;
    }

    /// <summary>The UTF-16 index of a code point; the end of the text for the one after the last.</summary>
    public int UnitAt(int codePoint, Rendering run)
    {
        Measure(run);
        return _starts is null ? codePoint : codePoint >= _starts.Length ? Text.Length : _starts[codePoint];
    }

    /// <summary>The number of the code point at a UTF-16 index.</summary>
    public int CodePointAt(int unit, Rendering run)
    {
        Measure(run);
        if (_starts is null)
        {
            return unit;
        }

        var place = Array.BinarySearch(_starts, unit);
        return place < 0 ? ~place : place;
    }

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Characters(run).GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => TextMethods.Find(this, name);

    public override TemplateValue? Item(TemplateValue key, Rendering run)
    {
        if (key is SliceValue slice)
        {
            return Cut(slice, run);
        }

        if (Subscript.Index(key, CodePointCount(run)) is not { } index)
        {
            return null;
        }

        var start = UnitAt((int)index, run);
        return With(Text[start..UnitAt((int)index + 1, run)]);
    }

    public override void Print(BoundedText into, Rendering run) => into.Append(Text);

    public override void Show(BoundedText into, Rendering run)
    {
        if (IsMarkup)
        {
            into.Append("Markup(");
        }

        PythonText.AppendQuoted(into, Text);
        if (IsMarkup)
        {
            into.Append(')');
        }
    }

    private TextValue Cut(SliceValue slice, Rendering run)
    {
        var (first, step, count) = slice.Resolve(CodePointCount(run));
        run.Budget.Text(count);
        if (step == 1)
        {
            return With(count == 0 ? "" : Text[UnitAt((int)first, run)..UnitAt((int)(first + count), run)]);
        }

        var taken = new System.Text.StringBuilder((int)count);
        for (long i = 0; i < count; i++)
        {
            var at = (int)(first + (i * step));
            taken.Append(Text, UnitAt(at, run), UnitAt(at + 1, run) - UnitAt(at, run));
        }

        return With(taken.ToString());
    }

    private IEnumerable<TemplateValue> Characters(Rendering run)
    {
        var count = CodePointCount(run);
        for (var i = 0; i < count; i++)
        {
            run.Budget.Memory(48);
            var start = UnitAt(i, run);
            yield return With(Text[start..UnitAt(i + 1, run)]);
        }
    }

    private void Measure(Rendering run)
    {
        if (_isMeasured)
        {
            return;
        }

        run.Budget.Characters(Text.Length);
        if (Text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
        {
            run.Budget.Memory(Text.Length * 4L);
            var starts = new List<int>(Text.Length);
            for (var i = 0; i < Text.Length; i++)
            {
                starts.Add(i);
                if (char.IsHighSurrogate(Text[i]) && i + 1 < Text.Length && char.IsLowSurrogate(Text[i + 1]))
                {
                    i++;
                }
            }

            _starts = [.. starts];
        }

        _isMeasured = true;
    }
}
