using Gptx.Rows;
using Gptx.Tests.Jobs;

namespace Gptx.Tests.Rows;

public class BadCsvTests
{
    private static readonly RowFields Fields = new("text", "id", []);

    [Theory]
    [InlineData("2,b,extra", "3 fields, the header 2")]
    [InlineData("2", "1 fields, the header 2")]
    [InlineData("2,\"b\"c", "quotes do not match")]
    [InlineData("2,b\"c", "quotes do not match")]
    [InlineData("2,a\rb", "quotes do not match")]
    [InlineData("2,a\0b", "NUL")]
    [InlineData("2,\"two\nlines\",extra", "3 fields")]
    public void A_record_that_is_no_row_is_an_error_of_its_own(string record, string says)
    {
        using var folder = new JobFolder();
        var rows = ReadRows.Of(folder.Input("rows.csv", $"id,text\r\n1,before\r\n{record}\r\n\r\n3,\"af\r\nter\""), Fields);
        Assert.Equal(["before", null, "af\r\nter"], rows.Select(row => row.Text));
        var lines = record.Count(letter => letter == '\n');
        Assert.Equal([1, 2, 4 + lines], rows.Select(row => row.Line));
        Assert.Equal([9, 19, 19 + record.Length + 4], rows.Select(row => row.Offset));
        Assert.Equal("RowUnreadable", rows[1].Fault!.ErrorId);
        Assert.Contains(says, rows[1].Fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows.csv", ',')]
    [InlineData("rows.tsv", '\t')]
    public void A_row_that_is_too_long_is_read_over(string name, char separator)
    {
        using var folder = new JobFolder();
        var text = string.Join('\n', Enumerable.Repeat(new string('x', 999), 500));
        var source = folder.Input(name, $"id,text\n1,before\n2,\"{text}, \"\"quoted\"\"\"\n3,after\n4,\"never closed\n{text}\n{text}".Replace(',', separator));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = ReadRows.Of(source, Fields, new RowLimits(RowBytes: 10_000, UnitBytes: 1 << 30));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Equal(["before", null, "after", null], rows.Select(row => row.Text));
        Assert.Equal([null, "RowTooLong", null, "RowTooLong"], rows.Select(row => row.Fault?.ErrorId));
        Assert.Equal([1, 2, 502, 503], rows.Select(row => row.Line));
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_an_error_of_its_row()
    {
        using var folder = new JobFolder();
        var rows = ReadRows.Of(folder.Input("rows.csv", "id,text\n1,a\n2,\"b\n3,c\n4,d\n"), Fields);
        Assert.Equal(["a", null], rows.Select(row => row.Text));
        Assert.Contains("quotes do not match", rows[1].Fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "InputDamaged", "is empty")]
    [InlineData("\nid,text\n", "InputDamaged", "first line is empty")]
    [InlineData("\"id,text\n1,a\n", "InputDamaged", "quotes of its first row")]
    [InlineData("id,texts\n1,a\n", "FieldMissing", "id, texts")]
    [InlineData("id,text,text\n1,a,b\n", "FieldRepeated", "two columns 'text'")]
    public void A_file_without_a_header_that_names_the_columns_is_refused(string content, string error, string says)
    {
        using var folder = new JobFolder();
        Assert.Contains(says, ReadRows.Refused(error, folder.Input("rows.csv", content), Fields).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_alone_has_no_rows_and_marks_are_left_out()
    {
        using var folder = new JobFolder();
        Assert.Empty(ReadRows.Of(folder.Input("rows.csv", "id,text"), Fields));
        var rows = ReadRows.Of(folder.Input("marked.csv", [0xEF, 0xBB, 0xBF, .. "\"text\",id\na,1\n"u8]), Fields);
        Assert.Equal("a", Assert.Single(rows).Text);
        byte[][] wide = [[0xFF, 0xFE, 0x69, 0], [0xFE, 0xFF, 0, 0x69], [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]];
        Assert.All(wide, mark => ReadRows.Refused("InputEncodingNotSupported", folder.Input("wide.csv", mark), Fields));
        Assert.All(wide, mark => ReadRows.Refused("InputEncodingNotSupported", folder.Input("wide.txt", mark)));
    }

    [Fact]
    public void Units_of_shards_are_those_of_the_whole_and_know_the_header()
    {
        using var folder = new JobFolder();
        var random = new Random(12);
        var records = string.Concat(Enumerable.Range(0, 300).Select(row => $"{row},\"{string.Join('\n', Enumerable.Repeat("line, \"\"x\"\"", random.Next(1, 6)))}\"\n"));
        var source = folder.Input("rows.csv", "id,text\n" + records);
        var limits = new RowLimits(UnitBytes: 300);
        var whole = RowReaders.Of(source, 0, Fields, limits).Units(_ => true, TestContext.Current.CancellationToken).ToList();
        Assert.Equal(300, whole.Sum(unit => unit.Rows.Count));
        Assert.Equal(1 + records.Count(letter => letter == '\n'), whole.Sum(unit => unit.Lines));
        foreach (var shards in (int[])[2, 3, 7])
        {
            var parts = Enumerable.Range(0, shards)
                .SelectMany(shard => RowReaders.Of(source, 0, Fields, limits).Units(unit => unit % shards == shard, TestContext.Current.CancellationToken))
                .OrderBy(unit => unit.Number);
            Assert.Equal(whole.Select(unit => (unit.Number, unit.Hash, unit.Lines, unit.Rows.Count)), parts.Select(unit => (unit.Number, unit.Hash, unit.Lines, unit.Rows.Count)));
        }

        var renamed = folder.Input("renamed.csv", "text,id\n" + records);
        var others = RowReaders.Of(renamed, 0, Fields, limits).Units(_ => true, TestContext.Current.CancellationToken);
        Assert.All(whole.Zip(others), pair => Assert.NotEqual(pair.First.Hash, pair.Second.Hash));
    }
}
