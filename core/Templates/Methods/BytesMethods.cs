namespace Gptx.Templates;

/// <summary>The few methods of bytes that a template may want.</summary>
internal static class BytesMethods
{
    private static readonly MethodTable<BytesValue> Table = new(new()
    {
        ["decode"] = (bytes, call, run) =>
        {
            var bound = call.Bind("decode", 0, "encoding", "errors");
            run.Budget.Text(bytes.Bytes.Length);
            return new TextValue(Encodings.Decode(bytes.Bytes, Arguments.Text(bound[0], "utf-8", "decode"), Arguments.Text(bound[1], "strict", "decode")));
        },
        ["hex"] = (bytes, call, run) =>
        {
            call.Places("hex", 0, 0);
            run.Budget.Text(bytes.Bytes.Length * 2L);
            return new TextValue(Convert.ToHexStringLower(bytes.Bytes));
        },
    });

    public static TemplateValue? Find(BytesValue bytes, string name) => Table.Find(bytes, name);
}
