using System.Text;

namespace Gptx.Templates;

/// <summary>What <c>str.encode()</c> gives: bytes.</summary>
internal sealed class BytesValue(byte[] bytes) : TemplateValue
{
    public byte[] Bytes { get; } = bytes;

    public override string TypeName => "bytes";

    public override bool IsTrue(Rendering run) => Bytes.Length > 0;

    public override long? Length(Rendering run) => Bytes.Length;

    public override IEnumerator<TemplateValue> Elements(Rendering run) => Bytes.Select(TemplateValue (value) => IntegerValue.Of(value)).GetEnumerator();

    public override TemplateValue? Attribute(string name, Rendering run) => BytesMethods.Find(this, name);

    public override TemplateValue? Item(TemplateValue key, Rendering run)
    {
        if (key is SliceValue slice)
        {
            var (first, step, count) = slice.Resolve(Bytes.Length);
            run.Budget.Text(count);
            return new BytesValue([.. Enumerable.Range(0, (int)count).Select(i => Bytes[first + (i * step)])]);
        }

        return Subscript.Index(key, Bytes.Length) is { } index ? IntegerValue.Of(Bytes[index]) : null;
    }

    public override void Show(BoundedText into, Rendering run)
    {
        var quote = Bytes.Contains((byte)'\'') && !Bytes.Contains((byte)'"') ? '"' : '\'';
        run.Budget.Text(Bytes.Length * 4L);
        var text = new StringBuilder("b").Append(quote);
        foreach (var value in Bytes)
        {
            _ = value switch
            {
                (byte)'\\' => text.Append("\\\\"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\r' => text.Append("\\r"),
                (byte)'\t' => text.Append("\\t"),
                _ when value == quote => text.Append('\\').Append(quote),
                < 0x20 or >= 0x7f => text.Append($"\\x{value:x2}"),
                _ => text.Append((char)value),
            };
        }

        into.Append(text.Append(quote).ToString());
    }
}
