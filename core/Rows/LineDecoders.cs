namespace Gptx.Rows;

/// <summary>What lines say, by how they are written.</summary>
public static class LineDecoders
{
    /// <summary>The decoder of a format whose rows are lines; given fields make lines of a text JSON.</summary>
    public static ILineDecoder Of(RowFormat format, RowFields fields, bool mayBeChat = false) =>
        format == RowFormat.Text && !fields.AreAsked ? new TextLineDecoder() : new JsonLineDecoder(fields, mayBeChat);
}
