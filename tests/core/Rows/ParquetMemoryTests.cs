using Gptx.Jobs;
using Gptx.Rows;
using Gptx.Tests.Jobs;
using Parquet;
using Parquet.Schema;

namespace Gptx.Tests.Rows;

/// <summary>Row groups of Parquet that take more memory than is allowed.</summary>
public class ParquetMemoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_group_that_takes_too_much_memory_is_refused_and_named()
    {
        using var folder = new JobFolder();
        var source = await Write(folder, 10, 1000, 20);
        var error = ReadRows.Refused("RowGroupTooLarge", source, limits: new RowLimits(GroupBytes: 200_000));
        Assert.Contains("row group 1 of", error.Message, StringComparison.Ordinal);
        Assert.Contains("1000 rows", error.Message, StringComparison.Ordinal);
        Assert.Contains("200000 are allowed (--max-memory)", error.Message, StringComparison.Ordinal);
        Assert.Equal(1030, ReadRows.Of(source).Count);
    }

    [Fact]
    public async Task Columns_that_are_not_read_take_none()
    {
        using var folder = new JobFolder();
        var source = await Write(folder, 1000);
        Assert.Equal(1000, ReadRows.Of(source, new RowFields("short", null, []), new RowLimits(GroupBytes: 200_000)).Count);
        ReadRows.Refused("RowGroupTooLarge", source, new RowFields("short", null, ["text"]), new RowLimits(GroupBytes: 200_000));
    }

    [Fact]
    public async Task What_is_allowed_is_not_gone_beyond()
    {
        using var folder = new JobFolder();
        var source = await Write(folder, 5000);
        var limit = 1L << 16;
        while (!IsAllowed(source, limit))
        {
            limit *= 2;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(5000, ReadRows.Of(source, limits: new RowLimits(GroupBytes: limit)).Count);
        Assert.InRange(limit, 5000 * 200, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_job_that_is_refused_so_leaves_nothing()
    {
        using var folder = new JobFolder();
        var options = folder.Options(await Write(folder, 1000)) with { Limits = new RowLimits(GroupBytes: 100_000) };
        Assert.Equal("RowGroupTooLarge", Assert.Throws<GptxException>(() => new TextJob(new LetterTask(), options).Run(cancellation: Stop)).ErrorId);
        Assert.Equal(["rows.parquet"], folder.Files().Keys);
    }

    private static bool IsAllowed(RowSource source, long limit)
    {
        try
        {
            return ReadRows.Of(source, limits: new RowLimits(GroupBytes: limit)).Count > 0;
        }
        catch (GptxException error) when (error.ErrorId == "RowGroupTooLarge")
        {
            return false;
        }
    }

    // A row group a number, of texts with 200 letters each that do not shrink, and of short ones.
    private static async Task<RowSource> Write(JobFolder folder, params int[] groups)
    {
        var random = new Random(21);
        var (text, brief) = (new DataField<string>("text"), new DataField<string>("short"));
        using (var file = File.Create(folder.Path("rows.parquet")))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(text, brief), file, cancellationToken: Stop);
            foreach (var rows in groups)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(text, (IReadOnlyCollection<string>)[.. Enumerable.Range(0, rows).Select(_ => Letters(random, 200))]);
                await group.WriteAsync(brief, (IReadOnlyCollection<string>)[.. Enumerable.Range(0, rows).Select(_ => Letters(random, 3))]);
            }
        }

        return RowSource.OfFile(folder.Path("rows.parquet"));
    }

    private static string Letters(Random random, int count) => new([.. Enumerable.Range(0, count).Select(_ => (char)random.Next('a', 'z'))]);
}
