using Gptx.Tokenization;

namespace Gptx.Tests.Tokenization;

/// <summary>Matches of patterns, empty ones left out. What is expected is what Oniguruma 6.9 in tokenizers 0.23 finds.</summary>
public class RegexPatternTests
{
    [Theory]
    [InlineData("\\p{L}+", "aab cABss\n12\u00E9\"[]-{\U00010400", "0-3 4-9 12-13 18-20")]
    [InlineData("[[:alnum:]]+", "aab cABss\n12\u00E9\"[]-{\U00010400", "0-3 4-9 10-13 18-20")]
    [InlineData("[[:^alpha:]]+", "aab cABss\n12\u00E9\"[]-{\U00010400", "3-4 9-12 13-18")]
    [InlineData("\\p{^L}+", "aab cABss\n12\u00E9\"[]-{\U00010400", "3-4 9-12 13-18")]
    [InlineData("\\P{^L}+", "aab cABss\n12\u00E9\"[]-{\U00010400", "0-3 4-9 12-13 18-20")]
    [InlineData("\\p{Lowercase_Letter}+", "aab cABss\n12\u00E9\"[]-{\U00010400", "0-3 4-5 7-9 12-13")]
    [InlineData("\\p{Alphabetic}+", "a\u0345b \u2177\u24D01", "0-3 4-6")]
    [InlineData("\\p{Greek}+", "\u03B1\u03B2\u03B3 abc \u1F00", "0-3 8-9")]
    [InlineData("\\p{In_Greek_and_Coptic}", "\u03B1a\u1F00", "0-1")]
    [InlineData("\\p{White_Space}+", "a \u0085\u200B b", "1-3 4-5")]
    [InlineData("\\p{Emoji}", "a1\U0001F600\u00A9", "1-2 2-4 4-5")]
    [InlineData("(?<=a*)b", "aab cABss\n12\u00E9\"[]-{\U00010400", "2-3")]
    [InlineData("(?<!a|bc)b", "ab bcb b", "3-4 7-8")]
    [InlineData("(?<=^|\\s)\\w", "aab cABss\n12\u00E9\"[]-{\U00010400", "0-1 4-5 10-11")]
    [InlineData("a{2,1}a?", "aaaa", "0-3 3-4")]
    [InlineData("a{,2}", "aaaaa", "0-2 2-4 4-5")]
    [InlineData("a{2}?", "aaa", "0-2")]
    [InlineData("a{2}+", "aaaaa", "0-4")]
    [InlineData("a{,}", "a{,}a", "0-4")]
    [InlineData("(a)\\1", "aab", "0-2")]
    [InlineData("(?<n>.)\\k<n>", "abccdd", "2-4 4-6")]
    [InlineData("(?'n'a|b)\\k'n'", "aab", "0-2")]
    [InlineData("(.)(.)\\k<-1>", "abbaa", "0-3")]
    [InlineData("(a)?(?(1)b|c)", "abcb", "0-2 2-3")]
    [InlineData("(?<x>a)?(?(<x>)b|c)", "abcb", "0-2 2-3")]
    [InlineData("\\R", "a\r\nb\n\u2028", "1-3 4-5 5-6")]
    [InlineData("\\X", "e\u0301\U0001F468\u200D\U0001F469\u200D\U0001F467\U0001F1E9\U0001F1EA\U0001F1EB\uAC01\u1100\u1161\r\n\u0915\u094D\u0937", "0-2 2-10 10-14 14-16 16-17 17-19 19-21 21-23 23-24")]
    [InlineData("\\y\\O", "ab", "0-1 1-2")]
    [InlineData("\\N+", "a\nb", "0-1 2-3")]
    [InlineData("\\O+", "a\nb", "0-3")]
    [InlineData("\\h+", "x1Fg", "1-3")]
    [InlineData("\\H+", "x1Fg", "0-1 3-4")]
    [InlineData("a\\Kb", "abab", "1-2 3-4")]
    [InlineData("\\Ga", "aaba", "0-1 1-2")]
    [InlineData("\\Aa", "aa", "0-1")]
    [InlineData("a\\z", "aa", "1-2")]
    [InlineData("b\\Z", "ab\n", "1-2")]
    [InlineData("^.", "ab\ncd\n", "0-1 3-4")]
    [InlineData(".$", "ab\ncd\n", "1-2 4-5")]
    [InlineData("\\b\u00DF?\\w", "ab \u00DFc", "0-1 3-5")]
    [InlineData("\\B.", "abc", "1-2 2-3")]
    [InlineData("(?i)strasse", "STRA\u00DFE strasse", "0-6 7-14")]
    [InlineData("(?i)\u00DF", "ss SS \u1E9E \u00DF s", "0-2 3-5 6-7 8-9")]
    [InlineData("(?i)[\u00DF]", "ss SS \u1E9E \u00DF s", "0-2 3-5 6-7 8-9")]
    [InlineData("(?i)k", "kK\u212A", "0-1 1-2 2-3")]
    [InlineData("(?i)\uFB01x", "FIX \uFB01x fiX", "0-3 4-6 7-10")]
    [InlineData("(?i)ffi", "\uFB03 FFI \uFB00i f\uFB01", "0-1 2-5")]
    [InlineData("(?i)[^a]", "aAb", "2-3")]
    [InlineData("(?i)[a-c&&[^B]]", "aAbBcC", "0-1 1-2 2-3 3-4 4-5 5-6")]
    [InlineData("(?i:a)b", "Ab AB ab", "0-2 6-8")]
    [InlineData("a(?i)b|c", "aB C ac", "0-2 5-7")]
    [InlineData("(?m).+", "a\nb", "0-3")]
    [InlineData("(?m-i:.)", "a\n", "0-1 1-2")]
    [InlineData("(?x) a b # c\n c", "abc", "0-3")]
    [InlineData("(?x)[ a] +", " a", "0-2")]
    [InlineData("[a-z&&[^aeiou]]+", "hello", "0-1 2-4")]
    [InlineData("[a[bc]d]+", "abcdx", "0-4")]
    [InlineData("[^a&&b]", "abc", "0-1 1-2 2-3")]
    [InlineData("[]a]+", "a]b", "0-2")]
    [InlineData("[a-]+", "a-b", "0-2")]
    [InlineData("[a-c-e]+", "abcd-e", "0-3 4-6")]
    [InlineData("[-a]+", "-ab", "0-2")]
    [InlineData("[\\d\\-x]+", "1-x", "0-3")]
    [InlineData("[a-[b]]", "ab-", "1-2")]
    [InlineData("[[:alpha:]&&\\p{Han}]", "a\u4E2D", "1-2")]
    [InlineData("\\x{41 42}", "xABx", "1-3")]
    [InlineData("\\u0041\\x42\\103", "ABC", "0-3")]
    [InlineData("\\pL", "apL", "1-3")]
    [InlineData("(?W)\\w+", "a\u00E91", "0-1 2-3")]
    [InlineData("(?P:[[:alpha:]]+)\u00E9", "a\u00E9\u00E9", "0-2")]
    [InlineData("(?>a+)a", "aaa", "")]
    [InlineData("a++b", "aab", "0-3")]
    [InlineData("(?:a|ab)*+c", "ababc aac", "4-5 6-9")]
    [InlineData("(?:a?)*b", "aab", "0-3")]
    [InlineData("(a|b)*?c", "abc", "0-3")]
    [InlineData("(?#x)a", "a", "0-1")]
    [InlineData("", "ab", "")]
    [InlineData("(|a)*", "ab", "")]
    [InlineData("x*", "axb", "1-2")]
    [InlineData("\\w", "\u00B2x\u00BD", "0-1 1-2 2-3")]
    [InlineData("[\\w]", "\u00B2x\u00BD", "1-2")]
    [InlineData("(?<!x{,2}f+|\\O.++)[a-z]", "abc fad", "0-1 1-2")]
    public void Matches_are_those_of_the_reference(string pattern, string text, string expected)
    {
        IEnumerable<TextRange> matches = new RegexPattern(pattern).Matches(text).Where(match => match.Length > 0);

        Assert.Equal(expected, string.Join(' ', matches.Select(match => $"{match.Start}-{match.End}")));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a)")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[z-a]")]
    [InlineData("[a-\\d]")]
    [InlineData("[[:foo:]]")]
    [InlineData("\\p{Nothing}")]
    [InlineData("*a")]
    [InlineData("{1}")]
    [InlineData("^*")]
    [InlineData("(?=a)+")]
    [InlineData("a{100001}")]
    [InlineData("\\1")]
    [InlineData("\\k<n>")]
    [InlineData("(?<n>a)(b)\\1")]
    [InlineData("(?<1>a)")]
    [InlineData("(?s)a")]
    [InlineData("\\u12")]
    [InlineData("\\")]
    [InlineData("(?<!(a))b")]
    public void What_is_not_well_formed_is_refused(string pattern) => Assert.Throws<FormatException>(() => new RegexPattern(pattern));

    [Theory]
    [InlineData("(?~a)")]
    [InlineData("\\g<0>")]
    [InlineData("(*FAIL)")]
    [InlineData("(?{x})")]
    [InlineData("\\M-a")]
    [InlineData("\\xff")]
    public void What_is_not_known_is_refused_by_name(string pattern) => Assert.Throws<NotSupportedException>(() => new RegexPattern(pattern));

    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|a)*b")]
    [InlineData("(?:a?){30}a{30}b")]
    [InlineData("a*a*a*a*a*a*b")]
    [InlineData("(?=(a+)+b)")]
    [InlineData("(?<=(?:a|aa)+b)c")]
    [InlineData("(\\w+\\s?)*$x")]
    public void A_pattern_that_finds_no_end_is_stopped(string pattern)
    {
        var compiled = new RegexPattern(pattern);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Exception? error = Record.Exception(() => compiled.Matches(new string('a', 5000) + "c"));

        Assert.True(error is null or GptxException { ErrorId: "PatternTooSlow" }, error?.ToString());
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{watch.Elapsed}"); // without a limit it would be years; a machine may be very busy
    }

    [Fact]
    public void Pieces_of_a_text_share_its_steps()
    {
        var compiled = new RegexPattern("(a*)*b");
        var steps = new PatternSteps();
        string piece = new('a', 16);
        int searched = 0;

        Exception? error = Record.Exception(() =>
        {
            for (; searched < 100_000; searched++)
            {
                compiled.Matches(piece, steps);
            }
        });

        Assert.Equal("PatternTooSlow", Assert.IsType<GptxException>(error).ErrorId);
        Assert.True(searched > 1, "one piece alone has enough");
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        foreach ((string open, string close) in ((string, string)[])[("(", ")"), ("[", "]"), ("(?i)", ""), ("(?=", ")")])
        {
            string pattern = $"{string.Concat(Enumerable.Repeat(open, 20_000))}a{string.Concat(Enumerable.Repeat(close, 20_000))}";

            Assert.Throws<NotSupportedException>(() => new RegexPattern(pattern));
        }
    }

    [Fact]
    public void A_long_run_takes_linear_time_and_little_memory()
    {
        string text = new('x', 1_000_000);
        var pattern = new RegexPattern("(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+");
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal([new TextRange(0, text.Length)], pattern.Matches(text));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }
}
