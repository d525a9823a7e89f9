using System.Text;
using Gptx.Embeddings;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Embeddings;

/// <summary>Files of word vectors: what is read is what was written, and nothing that a file says is believed.</summary>
public sealed class WordVectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_binary_file_cut_anywhere_or_changed_anywhere_is_read_or_refused()
    {
        byte[] whole = [.. "2 2\n"u8, .. "ab "u8, .. new byte[8], (byte)'\n', .. "cd "u8, .. new byte[8], (byte)'\n'];
        _folder.Write("whole.bin", whole);
        Assert.Equal(["ab", "cd"], WordVectors.Read(_folder["whole.bin"], cancellation: TestContext.Current.CancellationToken).Words);
        for (var length = 0; length < whole.Length - 1; length++)
        {
            Refused(whole[..length]);
        }

        var random = new Random(4);
        for (var run = 0; run < 500; run++)
        {
            var changed = whole.ToArray();
            changed[random.Next(whole.Length)] = (byte)random.Next(256);
            ReadOrRefused(changed);
        }
    }

    [Theory]
    [InlineData("9223372036854775807 9223372036854775807\n")]
    [InlineData("2147483647 1\n")]
    [InlineData("1 2147483647\n")]
    [InlineData("99999999999999999999999 3\n")]
    public void A_header_that_asks_for_too_much_allocates_nothing(string header)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(Encoding.ASCII.GetBytes(header));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Words_with_spaces_are_kept_where_the_width_is_known()
    {
        var vectors = WordVectors.Read(_folder.Write("a.glove.txt", "king 1 2\n. . . 3 4\n"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["king", ". . ."], vectors.Words);
        Assert.Equal([3f, 4f], vectors.OfWord(". . .").Vector);
        Refused("king 1 2\nqueen 1 2 3\n"u8.ToArray(), "b.glove.txt");
    }

    [Fact]
    public void The_first_of_a_repeated_word_is_kept()
    {
        var vectors = WordVectors.Read(_folder.Write("a.glove.txt", "king 1 2\nking 3 4\nqueen 5 6\n"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["king", "queen"], vectors.Words);
        Assert.Equal(1, vectors.Repeated);
        Assert.Equal([1f, 2f], vectors.OfWord("king").Vector);
        Assert.Contains("'king' is", Assert.Throws<GptxException>(() => vectors.OfWord("King")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_and_matrices_become_vectors()
    {
        var own = VectorFile.Read(_folder.Write("a.csv", "text,index,label,v0,v1\n\"a, b\",0,x,1,2\nc,1,y,3,4\n"));
        Assert.Equal(("a, b", "x"), (own[0].Text, own[0].Label));
        Assert.Equal([3f, 4f], own[1].Vector);
        Assert.Equal([5f, 6f], VectorFile.Read(_folder.Write("b.csv", "5,6\n7,8\n"))[0].Vector);
        Assert.Equal(("k", 2), (VectorFile.Read(_folder.Write("c.csv", "name,p,q\nk,5,6\n"))[0].Text, VectorFile.Read(_folder["c.csv"])[0].Vector.Length));
        Assert.Equal("VectorFileInvalid", Assert.Throws<GptxException>(() => VectorFile.Read(_folder.Write("d.csv", "a,b\n1,x\n2,3,4\n"))).ErrorId);
    }

    private void Refused(byte[] bytes, string name = "bad.bin")
    {
        var path = _folder.Write(name, bytes);
        var error = Assert.Throws<GptxException>(() => WordVectors.Read(path));
        Assert.Equal("VectorFileInvalid", error.ErrorId);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    private void ReadOrRefused(byte[] bytes)
    {
        try
        {
            var read = WordVectors.Read(_folder.Write("changed.bin", bytes));
            Assert.All(Enumerable.Range(0, read.Words.Count), row => Assert.All(read.Vectors.CopyRow(row), value => Assert.True(float.IsFinite(value))));
        }
        catch (GptxException error)
        {
            Assert.Equal("VectorFileInvalid", error.ErrorId);
        }
    }
}
