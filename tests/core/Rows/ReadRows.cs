using Gptx.Rows;

namespace Gptx.Tests.Rows;

/// <summary>All rows of a source.</summary>
internal static class ReadRows
{
    public static List<SourceRow> Of(RowSource source, RowFields? fields = null, RowLimits? limits = null) =>
        [.. RowReaders.Of(source, 0, fields ?? RowFields.Default, limits ?? new RowLimits()).Units(_ => true, TestContext.Current.CancellationToken).SelectMany(unit => unit.Rows)];

    public static GptxException Refused(string errorId, RowSource source, RowFields? fields = null, RowLimits? limits = null) =>
        Checkpoints.Refusal.Expect(errorId, () => Of(source, fields, limits));
}
