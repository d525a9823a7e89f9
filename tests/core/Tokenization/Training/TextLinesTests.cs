using Gptx.Tokenization.Training;

namespace Gptx.Tests.Tokenization.Training;

public class TextLinesTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one", new[] { "one" })]
    [InlineData("one\n", new[] { "one\n" })]
    [InlineData("one\r\n\n two\rthree", new[] { "one\r\n", "\n", " two\rthree" })]
    public void Lines_keep_their_line_feeds(string text, string[] lines) => Assert.Equal(lines, TextLines.Of(new StringReader(text)));

    [Fact]
    public void Lines_over_several_blocks_are_whole()
    {
        string[] lines = [.. Enumerable.Range(0, 50).Select(i => $"{new string('x', i * 5000)}\n")];
        Assert.Equal(lines, TextLines.Of(new StringReader(string.Concat(lines))));
    }

    [Fact]
    public void A_line_that_is_too_long_is_cut_before_a_white_space_and_never_inside_a_character()
    {
        Assert.Equal(["aaa bbb", " ccc ddd", " e\n", "f"], TextLines.Read(new StringReader("aaa bbb ccc ddd e\nf"), 10));
        Assert.All(TextLines.Read(new StringReader("xx🙂🙂xxx"), 5), piece => Assert.False(char.IsHighSurrogate(piece[^1])));
        Assert.Equal("xx🙂🙂xxx", string.Concat(TextLines.Read(new StringReader("xx🙂🙂xxx"), 5)));
    }
}
