using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

public class Gpt2SplitterTests
{
    [Theory]
    [InlineData("don't", "don|'t")]
    [InlineData("we'll've", "we|'ll|'ve")]
    [InlineData("'s 's", "'s| '|s")]
    [InlineData("it'S", "it|'|S")]
    [InlineData("!'s", "!'|s")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a   ", "a|   ")]
    [InlineData("a \n b", "a| \n| b")]
    [InlineData("a\nb", "a|\n|b")]
    [InlineData("x ½5", "x| ½5")]
    [InlineData(" 𐐀𐐁 𝟎𝟏", " 𐐀𐐁| 𝟎𝟏")]
    [InlineData("a\u3000\u3000b", "a|\u3000|\u3000|b")]
    [InlineData("\u0085\u0085", "\u0085\u0085")]
    [InlineData("a\u200bb\u180ec", "a|\u200b|b|\u180e|c")]
    public void Splits_as_gpt2_does(string text, string pieces)
    {
        var found = new List<string>();
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = Gpt2Splitter.FirstPiece(text.AsSpan(start));
            found.Add(text.Substring(start, length));
        }

        Assert.Equal(pieces.Split('|'), found);
    }
}
