using Gptx.Tool;
using Gptx.Tool.Terminal;

namespace Gptx.Tests.Tool;

public class RowProgressTests
{
    [Theory]
    [InlineData(10, "5 of 10 rows")]
    [InlineData(null, "5 rows")]
    [InlineData(3, "5 rows")]
    public void A_bar_says_how_far_it_is_and_is_taken_away(int? total, string says)
    {
        using var error = new StringWriter();
        using (var progress = new RowProgress(error, () => total, TimeSpan.Zero))
        {
            progress.Report(5);
            Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
            Assert.Equal(total == 10, error.ToString().Contains('█', StringComparison.Ordinal));
        }

        Assert.EndsWith(" \r", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_shown_before_patience_ends_or_to_nobody()
    {
        using var error = new StringWriter();
        using (var progress = new RowProgress(error, () => 10, TimeSpan.FromHours(1)))
        {
            progress.Report(5);
        }

        using var unseen = new RowProgress(null, () => throw new InvalidOperationException("nobody asked"), TimeSpan.Zero);
        unseen.Report(5);
        Assert.Equal("", error.ToString());
    }

    [Theory]
    [InlineData(true, true, false, false)]
    [InlineData(true, true, true, true)]
    [InlineData(false, true, false, true)]
    [InlineData(false, false, true, false)]
    public void It_is_for_a_person_who_does_not_see_the_results_there(bool outIsTerminal, bool errorIsTerminal, bool isToFile, bool shown)
    {
        using var around = new Surroundings
        {
            In = TextReader.Null,
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            OutIsTerminal = outIsTerminal,
            ErrorIsTerminal = errorIsTerminal,
        };
        Assert.Equal(shown, RowProgress.HasItsOwnLine(around, isToFile));
    }
}
