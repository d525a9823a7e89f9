using System.IO.Compression;
using System.Text;
using Gptx.Jobs;
using Gptx.Rows;

namespace Gptx.Tests.Jobs;

public sealed class ReadShareTests : IDisposable
{
    private static readonly RowLimits Short = new(UnitBytes: 512);

    private readonly JobFolder _folder = new();

    public static TheoryData<string> Kinds => ["lines.txt", "lines.jsonl", "lines.csv", "lines.csv.gz", "lines.txt.gz", "out.parquet"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_read_goes_from_nothing_to_all(string name)
    {
        var stretches = Stretches([Source(name)]);
        AssertSteps(stretches);
        Assert.True(name == "out.parquet" || stretches.Count > 5);
        Assert.Equal(1, stretches[^1].To);
    }

    [Fact]
    public void Of_several_files_each_counts_by_its_length()
    {
        var (first, second) = (_folder.Input("first.txt", new string('a', 2999) + "\n"), _folder.Input("second.txt", new string('b', 999) + "\n"));
        var stretches = Stretches([first, second]);
        AssertSteps(stretches);
        Assert.Equal([0.75, 1], stretches.Select(stretch => stretch.To));
        Assert.Equal(0.375, stretches[0].At(0.5));
    }

    [Fact]
    public void Nothing_is_known_of_a_stream()
    {
        var stretches = Stretches([RowSource.OfStream(() => new MemoryStream("one\ntwo\n"u8.ToArray()))]);
        Assert.All(stretches, stretch => Assert.Null(stretch.At(0.5)));
    }

    private static void AssertSteps(List<ReadStretch> stretches)
    {
        Assert.Equal(0, stretches[0].From);
        Assert.All(stretches, stretch => Assert.InRange(stretch.To!.Value, stretch.From!.Value, 1));
        Assert.All(stretches.Zip(stretches.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    private static List<ReadStretch> Stretches(RowSource[] sources)
    {
        var share = new ReadShare(sources);
        return [.. sources.Index().SelectMany(source => RowReaders.Of(source.Item, source.Index, RowFields.Default, Short).Units(_ => true, TestContext.Current.CancellationToken)).Select(share.Next)];
    }

    private RowSource Source(string name)
    {
        if (name == "out.parquet")
        {
            new TextJob(new LetterTask(), _folder.Options(_folder.Lines(300, seed: 12), name)).Run(cancellation: TestContext.Current.CancellationToken);
            return RowSource.OfFile(_folder.Path(name));
        }

        var random = new Random(1);
        var lines = Enumerable.Range(0, 500).Select(i => $"row {i} {random.Next()}");
        var content = name.Contains(".csv", StringComparison.Ordinal) ? "text\n" + string.Concat(lines.Select(line => line + "\n"))
            : name.Contains(".jsonl", StringComparison.Ordinal) ? string.Concat(lines.Select(line => $"{{\"text\":\"{line}\"}}\n"))
            : string.Concat(lines.Select(line => line + "\n"));
        return _folder.Input(name, name.EndsWith(".gz", StringComparison.Ordinal) ? Packed(content) : Encoding.UTF8.GetBytes(content));
    }

    private static byte[] Packed(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }
}
