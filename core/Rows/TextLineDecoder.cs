namespace Gptx.Rows;

/// <summary>A line is a text.</summary>
internal sealed class TextLineDecoder : ILineDecoder
{
    public SourceRow Decode(long offset, long line, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new SourceRow(offset, line, null, PlainText.Of(bytes.Span));
        }
        catch (GptxException fault)
        {
            return new SourceRow(offset, line, null, null) { Fault = fault };
        }
    }
}
