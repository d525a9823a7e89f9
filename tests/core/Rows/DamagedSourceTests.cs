using System.IO.Compression;
using Gptx.Rows;
using Gptx.Tests.Jobs;
using ZstdSharp;

namespace Gptx.Tests.Rows;

/// <summary>Files that end too early, unpack to more than anybody can hold, or are none.</summary>
public class DamagedSourceTests
{
    private static readonly byte[] Lines = [.. Enumerable.Range(0, 20_000).SelectMany(i => System.Text.Encoding.UTF8.GetBytes($"line {i} of many, {i * 7919 % 10007}\n"))];

    [Fact]
    public void Members_one_after_the_other_are_one_file()
    {
        using var folder = new JobFolder();
        var half = Lines.Length / 2;
        var whole = ReadRows.Of(folder.Input("rows.txt", Lines)).ConvertAll(row => (row.Offset, row.Text));
        Assert.Equal(whole, ReadRows.Of(folder.Input("rows.txt.gz", [.. Gzip(Lines[..half]), .. Gzip(Lines[half..])])).Select(row => (row.Offset, row.Text)));
        Assert.Equal(whole, ReadRows.Of(folder.Input("rows.txt.zst", [.. Zstandard(Lines[..half]), .. Zstandard(Lines[half..])])).Select(row => (row.Offset, row.Text)));
    }

    [Theory]
    [InlineData("rows.txt.gz")]
    [InlineData("rows.jsonl.gz")]
    [InlineData("rows.csv.gz")]
    [InlineData("rows.txt.zst")]
    [InlineData("rows.csv.zst")]
    public void A_file_that_was_cut_off_is_one_error(string name)
    {
        using var folder = new JobFolder();
        byte[] content = name.Contains("csv", StringComparison.Ordinal) ? [.. "text\n"u8, .. Lines.Select(letter => letter == ',' ? (byte)' ' : letter)] : Lines;
        var packed = name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(content) : Zstandard(content);
        foreach (var length in (int[])[0, 1, 3, 11, packed.Length / 3, packed.Length / 2, packed.Length - 9, packed.Length - 1])
        {
            ReadRows.Refused("InputDamaged", folder.Input(name, packed[..length]));
        }

        packed[packed.Length / 2] ^= 0x55;
        ReadRows.Refused("InputDamaged", folder.Input(name, packed));
        ReadRows.Refused("InputDamaged", folder.Input(name, "this is not packed at all"));
    }

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("rows.csv")]
    [InlineData("rows.txt")]
    public void Zeros_without_end_are_one_row_that_is_not_held(string name)
    {
        const long Size = 2L << 30;
        var format = RowSource.OfFile(name).Format;
        var source = RowSource.OfStream(() => new Zeros(Size, format == RowFormat.Csv ? "text\n"u8.ToArray() : []), format);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var row = Assert.Single(ReadRows.Of(source));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 << 20);
        Assert.Equal("RowTooLong", row.Fault!.ErrorId);
        Assert.Contains($"{Size} bytes", row.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_file_of_zeros_is_one_row_that_is_not_held()
    {
        using var folder = new JobFolder();
        using (var file = File.Create(folder.Path("zeros.txt.gz")))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            new Zeros(200 << 20, []).CopyTo(gzip);
        }

        Assert.Equal("RowTooLong", Assert.Single(ReadRows.Of(RowSource.OfFile(folder.Path("zeros.txt.gz")))).Fault!.ErrorId);
    }

    [Fact]
    public void What_is_no_file_is_one_error()
    {
        using var folder = new JobFolder();
        Directory.CreateDirectory(folder.Path("folder.txt"));
        Assert.Contains("it does not exist", ReadRows.Refused("InputNotReadable", RowSource.OfFile(folder.Path("none.txt"))).Message, StringComparison.Ordinal);
        Assert.Contains("folder", ReadRows.Refused("InputNotReadable", RowSource.OfFile(folder.Path("folder.txt"))).Message, StringComparison.Ordinal);
        Assert.Empty(ReadRows.Of(folder.Input("empty.txt", "")));
        Assert.Empty(ReadRows.Of(folder.Input("empty.jsonl", " \n\t\r\n\n")));
        ReadRows.Refused("InputDamaged", folder.Input("empty.parquet", ""));
    }

    [Theory]
    [InlineData("rows.txt")]
    [InlineData("rows.csv")]
    [InlineData("rows.txt.gz")]
    public void A_file_that_changes_while_it_is_read_is_one_error(string name)
    {
        using var folder = new JobFolder();
        byte[] content = name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(Lines) : [.. "text\n"u8, .. Lines.Select(letter => letter == ',' ? (byte)' ' : letter)];
        Action<string>[] changes =
        [
            path => File.AppendAllText(path, "more\n"),
            path => File.WriteAllBytes(path, content[..^10]),
            path => File.WriteAllBytes(path, content[..3]),
            File.Delete,
            path =>
            {
                File.WriteAllText(path + ".new", "text\nanother file\n");
                File.Move(path + ".new", path, overwrite: true);
            },
        ];
        foreach (var change in changes)
        {
            var source = folder.Input(name, content);
            File.SetLastWriteTimeUtc(source.Path!, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            var error = Assert.Throws<GptxException>(() =>
            {
                var units = 0;
                foreach (var _ in RowReaders.Of(source, 0, RowFields.Default, new RowLimits(UnitBytes: 1000)).Units(_ => true, TestContext.Current.CancellationToken))
                {
                    if (++units == 2)
                    {
                        change(source.Path!);
                    }
                }
            });
            Assert.Contains(error.ErrorId, (string[])["InputChanged", "InputDamaged"]);
            Checkpoints.Refusal.AssertPresentable(error);
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Zstandard(byte[] bytes)
    {
        using var compressor = new Compressor();
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(bytes).ToArray();
    }

    /// <summary>As many zeros as wanted, behind a beginning.</summary>
    private sealed class Zeros(long length, byte[] first) : Stream
    {
        private long _left = length + first.Length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var size = (int)Math.Min(count, _left);
            var done = length + first.Length - _left;
            buffer.AsSpan(offset, size).Clear();
            if (done < first.Length)
            {
                first.AsSpan((int)done).CopyTo(buffer.AsSpan(offset));
            }

            _left -= size;
            return size;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
