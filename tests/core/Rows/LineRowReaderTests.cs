using System.Text;
using Gptx.Rows;
using Gptx.Tests.Jobs;

namespace Gptx.Tests.Rows;

public class LineRowReaderTests
{
    [Fact]
    public void Shards_have_all_rows_once_and_each_unit_as_the_whole_has_it()
    {
        using var folder = new JobFolder();
        var source = folder.Lines(500, seed: 7);
        var limits = new RowLimits(UnitBytes: 256);
        var whole = RowReaders.Of(source, 0, RowFields.Default, limits).Units(_ => true, TestContext.Current.CancellationToken).ToList();
        Assert.Equal(File.ReadAllLines(source.Path!), whole.SelectMany(unit => unit.Rows).Select(row => row.Text));
        foreach (var shards in (int[])[2, 3, 7])
        {
            var parts = Enumerable.Range(0, shards)
                .SelectMany(shard => RowReaders.Of(source, 0, RowFields.Default, limits).Units(unit => unit % shards == shard, TestContext.Current.CancellationToken))
                .OrderBy(unit => unit.Number)
                .ToList();
            Assert.Equal(whole.Select(unit => (unit.Number, unit.Hash, unit.Lines)), parts.Select(unit => (unit.Number, unit.Hash, unit.Lines)));
            Assert.Equal(whole.SelectMany(unit => unit.Rows), parts.SelectMany(unit => unit.Rows), (one, other) => one.Offset == other.Offset && one.Text == other.Text);
        }
    }

    [Fact]
    public void A_stream_gives_the_units_that_a_file_gives()
    {
        using var folder = new JobFolder();
        var source = folder.Lines(200, seed: 8);
        var bytes = File.ReadAllBytes(source.Path!);
        var limits = new RowLimits(UnitBytes: 100);
        var ofFile = RowReaders.Of(source, 0, RowFields.Default, limits).Units(unit => unit % 2 == 1, TestContext.Current.CancellationToken);
        var ofStream = RowReaders.Of(RowSource.OfStream(() => new MemoryStream(bytes)), 0, RowFields.Default, limits).Units(unit => unit % 2 == 1, TestContext.Current.CancellationToken);
        Assert.Equal(ofFile.Select(unit => (unit.Number, unit.Hash, unit.Rows.Count)), ofStream.Select(unit => (unit.Number, unit.Hash, unit.Rows.Count)));
    }

    [Fact]
    public void Bad_lines_are_row_errors_and_the_others_go_on()
    {
        using var folder = new JobFolder();
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "first\r\n"u8, 0xFF, 0x41, (byte)'\n', .. "nul\0\n"u8, .. Encoding.ASCII.GetBytes(new string('x', 5000)), (byte)'\n', .. "last"u8];
        var rows = RowReaders.Of(folder.Input("bad.txt", bytes), 0, RowFields.Default, new RowLimits(RowBytes: 1000))
            .Units(_ => true, TestContext.Current.CancellationToken).SelectMany(unit => unit.Rows).ToList();
        Assert.Equal(["first", null, null, null, "last"], rows.Select(row => row.Text));
        Assert.Equal([null, "RowUnreadable", "RowUnreadable", "RowTooLong", null], rows.Select(row => row.Fault?.ErrorId));
    }

    [Fact]
    public void Utf16_is_refused()
    {
        using var folder = new JobFolder();
        var source = folder.Input("wide.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("text\n")]);
        var error = Assert.Throws<GptxException>(() => RowReaders.Of(source, 0, RowFields.Default, new RowLimits()).Units(_ => true, TestContext.Current.CancellationToken).ToList());
        Assert.Equal("InputEncodingNotSupported", error.ErrorId);
    }

    [Fact]
    public void Rows_of_csv_may_have_line_ends_in_quotes()
    {
        using var folder = new JobFolder();
        var source = folder.Input("rows.csv", "id,text,note\n1,\"two\nlines\",x\n2,\"a \"\"quote\"\"\",y\n3,short\n4,plain,z\n");
        var rows = RowReaders.Of(source, 0, new RowFields("text", "id", ["note"]), new RowLimits()).Units(_ => true, TestContext.Current.CancellationToken).SelectMany(unit => unit.Rows).ToList();
        Assert.Equal(["two\nlines", "a \"quote\"", null, "plain"], rows.Select(row => row.Text));
        Assert.Equal([1, 3, 4, 5], rows.Select(row => row.Line));
        Assert.Equal([null, null, "RowUnreadable", null], rows.Select(row => row.Fault?.ErrorId));
        Assert.Equal("z", rows[3].Kept[0].Value.GetString());
    }
}
