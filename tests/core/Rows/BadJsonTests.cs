using System.Text;
using Gptx.Rows;
using Gptx.Tests.Jobs;

namespace Gptx.Tests.Rows;

public class BadJsonTests
{
    private static readonly RowFields Fields = new("text", "id", ["note"]);

    [Theory]
    [InlineData("{\"id\":2,\"text\":", "not JSON")]
    [InlineData("{\"id\":2,\"text\":\"a\"} trailing", "not JSON")]
    [InlineData("[1,2]", "not a JSON object")]
    [InlineData("\"text\"", "not a JSON object")]
    [InlineData("{\"id\":2}", "no field 'text'")]
    [InlineData("{\"text\":\"a\"}", "no field 'id'")]
    [InlineData("{\"id\":2,\"text\":null}", "is null")]
    [InlineData("{\"id\":null,\"text\":\"a\"}", "'id' is null")]
    [InlineData("{\"id\":[1],\"text\":\"a\"}", "'id' is array")]
    [InlineData("{\"id\":2,\"text\":7}", "neither a text nor")]
    [InlineData("{\"id\":2,\"text\":{\"a\":1}}", "neither a text nor")]
    [InlineData("{\"id\":2,\"text\":[1,\"a\"]}", "neither a text nor")]
    [InlineData("{\"id\":2,\"text\":[1.5]}", "neither a text nor")]
    [InlineData("{\"id\":2,\"text\":\"a\",\"text\":\"b\"}", "two fields 'text'")]
    [InlineData("{\"id\":2,\"id\":3,\"text\":\"a\"}", "two fields 'id'")]
    [InlineData("{\"id\":2,\"text\":\"a\",\"note\":1,\"note\":2}", "two fields 'note'")]
    [InlineData("{\"id\":2,\"text\":\"\\ud83d\"}", "'text' is not valid Unicode")]
    [InlineData("{\"id\":\"\\ud83d\",\"text\":\"a\"}", "'id' is not valid Unicode")]
    [InlineData("{\"id\":2,\"text\":\"a\",\"note\":[{\"x\":\"\\udc00\"}]}", "'note' is not valid Unicode")]
    [InlineData("{\"\\ud83d\":1,\"id\":2}", "name of one of its fields")]
    [InlineData("{\"id\":2,\"text\":\"a\u0000b\"}", "not JSON")]
    public void A_line_that_is_no_row_is_an_error_of_its_own(string line, string says)
    {
        using var folder = new JobFolder();
        var rows = ReadRows.Of(folder.Input("rows.jsonl", $"{{\"id\":1,\"text\":\"before\"}}\r\n{line}\n\n{{\"id\":3,\"text\":\"after\"}}"), Fields);
        Assert.Equal(["before", null, "after"], rows.Select(row => row.Text));
        Assert.Equal([0, 1, 3], rows.Select(row => row.Line));
        Assert.Equal([0, 26, 26 + Encoding.UTF8.GetByteCount(line) + 2], rows.Select(row => row.Offset));
        Assert.Equal("RowUnreadable", rows[1].Fault!.ErrorId);
        Assert.Contains(says, rows[1].Fault!.Message, StringComparison.Ordinal);
        Checkpoints.Refusal.AssertPresentable(rows[1].Fault!);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error_in_any_field()
    {
        using var folder = new JobFolder();
        byte[] bytes = [.. "{\"id\":1,\"text\":\"a\xff\"}\n{\"id\":\"\xff\",\"text\":\"a\"}\n{\"id\":2,\"text\":\"a\",\"note\":\"\xc3(\"}\n{\"id\":3,\"text\":\"good\"}\n".Select(c => (byte)c)];
        var rows = ReadRows.Of(folder.Input("rows.jsonl", bytes), Fields);
        Assert.Equal([null, null, null, "good"], rows.Select(row => row.Text));
        Assert.All(rows[..3], row => Assert.Equal("RowUnreadable", row.Fault!.ErrorId));
    }

    [Fact]
    public void Deep_nesting_is_an_error_of_the_row()
    {
        using var folder = new JobFolder();
        var deep = new string('[', 100_000);
        var rows = ReadRows.Of(folder.Input("rows.jsonl", $"{{\"text\":{deep}\n{{\"text\":\"good\"}}\n"));
        Assert.Equal([null, "good"], rows.Select(row => row.Text));
        Assert.Contains("nested deeper than 64", rows[0].Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_50_MB_is_passed_over_without_being_held()
    {
        using var folder = new JobFolder();
        using (var file = new StreamWriter(folder.Path("rows.jsonl")))
        {
            file.Write("{\"text\":\"first\"}\n{\"text\":\"");
            var piece = new string('x', 1_000_000);
            for (var i = 0; i < 50; i++)
            {
                file.Write(piece);
            }

            file.Write("\"}\n{\"text\":\"last\"}\n");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = ReadRows.Of(RowSource.OfFile(folder.Path("rows.jsonl")), limits: new RowLimits(RowBytes: 1 << 20, UnitBytes: 1 << 30));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.Equal(["first", null, "last"], rows.Select(row => row.Text));
        Assert.Equal(("RowTooLong", 17, 1), (rows[1].Fault!.ErrorId, rows[1].Offset, rows[1].Line));
        Assert.Equal((50_000_000 + 17 + 12, 2), (rows[2].Offset, rows[2].Line));
    }

    [Fact]
    public void A_long_name_does_not_make_a_long_message()
    {
        using var folder = new JobFolder();
        var rows = ReadRows.Of(folder.Input("rows.jsonl", $"{{\"{new string('n', 100_000)}\":1,\"a\\nb\":2}}\n"));
        Checkpoints.Refusal.AssertPresentable(Assert.Single(rows).Fault!);
    }
}
