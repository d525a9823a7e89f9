using Gptx.Rows;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Rows;

public class RowInputsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("none.txt")]
    [InlineData("none/x.txt")]
    [InlineData("none*.txt")]
    public void What_is_not_there_is_refused_before_anything_is_read(string name)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("InputNotReadable", Assert.Throws<GptxException>(() => RowInputs.Of([folder[name]], () => Stream.Null)).ErrorId);
    }

    [Fact]
    public void Files_of_a_pattern_come_by_name_and_one_of_that_very_name_comes_alone()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["b.txt", "a.txt", "c.csv"])
        {
            File.WriteAllText(folder[name], "a text");
        }

        Assert.Equal(["a.txt", "b.txt"], RowInputs.Of([folder["?.txt"]], () => Stream.Null).Select(source => source.Name));
        if (!OperatingSystem.IsWindows())
        {
            File.WriteAllText(folder["?.txt"], "a text");
            Assert.Equal(["?.txt"], RowInputs.Of([folder["?.txt"]], () => Stream.Null).Select(source => source.Name));
        }
    }

    [Fact]
    public void A_file_that_is_named_twice_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "a text");
        Assert.Equal("InputTwice", Assert.Throws<GptxException>(() => RowInputs.Of([folder["a.txt"], folder["*.txt"]], () => Stream.Null)).ErrorId);
    }
}
