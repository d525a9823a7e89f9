using FsCheck;
using FsCheck.Fluent;
using Gptx.Generation;

namespace Gptx.Tests.Generation;

public class StopStringMatcherTests
{
    private static readonly Gen<string> Letters = Gen.Elements('a', 'b', 'c').ArrayOf().Select(letters => new string(letters));

    private static readonly Arbitrary<(string[] Pieces, string[] Stops)> Texts = (
        from pieces in Letters.ArrayOf()
        from stops in Letters.Where(s => s.Length is > 0 and < 6).ArrayOf()
        select (pieces, stops)).ToArbitrary();

    [Fact]
    public void Any_cut_into_pieces_gives_what_a_search_in_the_whole_text_gives() => Prop.ForAll(Texts, given =>
    {
        (string expected, string? found) = Whole(string.Concat(given.Pieces), given.Stops);
        var matcher = new StopStringMatcher(given.Stops);
        string text = string.Concat(given.Pieces.Select(piece => matcher.Push(piece)));
        return text + matcher.Flush() == expected && matcher.Found == found && matcher.Push("more") == (found is null ? matcher.Push("") + Held("more", given.Stops) : "");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_what_may_become_a_stop_string_is_held_back()
    {
        var matcher = new StopStringMatcher(["\nUser:", "END"]);
        Assert.Equal("Hello", matcher.Push("Hello\nUs"));
        Assert.Equal("\nUsing ", matcher.Push("ing EN"));
        Assert.Equal("ENdless\n", matcher.Push("dless\n\nUse"));
        Assert.Equal("", matcher.Push("r: what?"));
        Assert.Equal("\nUser:", matcher.Found);
        Assert.Equal("", matcher.Flush());
    }

    [Fact]
    public void An_empty_stop_string_is_an_error() =>
        Assert.Equal("OptionOutOfRange", Assert.Throws<GptxException>(() => new StopStringMatcher([""])).ErrorId);

    private static (string Text, string? Found) Whole(string text, string[] stops)
    {
        for (int end = 1; end <= text.Length; end++)
        {
            string? found = stops.Where(stop => text[..end].EndsWith(stop, StringComparison.Ordinal)).MaxBy(stop => stop.Length);
            if (found is not null)
            {
                return (text[..(end - found.Length)], found);
            }
        }

        return (text, null);
    }

    private static string Held(string text, string[] stops) => new StopStringMatcher(stops).Push(text);
}
