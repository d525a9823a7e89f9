using Gptx.PowerShell;

namespace Gptx.Tests.Module;

public class ViewTests
{
    [Theory]
    [InlineData(" king", "·king")]
    [InlineData("a\n\t", "a\\n\\t")]
    [InlineData("\u0007", "\\u0007")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_token_shows_its_spaces(string? token, string shown) => Assert.Equal(shown, View.Token(token));

    [Fact]
    public void A_vector_is_shown_short()
    {
        Assert.Equal("[-0.061, 0.021, … 4]", View.Vector([-0.0612f, 0.0209f, 1, 2]));
        Assert.Equal("[1.000]", View.Vector([1]));
        Assert.Equal("[]", View.Vector([]));
    }

    [Fact]
    public void A_text_is_one_line_and_not_too_long()
    {
        Assert.Equal("a b", View.Line("a\r\nb"));
        Assert.Equal(60, View.Line(new string('x', 100)).Length);
        Assert.EndsWith("…", View.Line(new string('x', 100)), StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_of_groups_have_their_sign_and_what_stands_for_them() => Assert.Equal(
        "+33.3 %: rain; -2.0 %: 17",
        View.Changes([new(0, 0, 1 / 3.0, ["a"], ["rain"]), new(1, 0.5, 0.48, [17L], [null]), new(2, 0, 0, [], [])]));
}
