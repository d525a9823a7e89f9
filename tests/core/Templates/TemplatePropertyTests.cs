using System.Globalization;
using System.Text;
using System.Text.Json;
using Gptx.Chat;
using Gptx.Templates;

namespace Gptx.Tests.Templates;

/// <summary>What holds for any template and any value.</summary>
public class TemplatePropertyTests
{
    // GPTX_TEMPLATE_MUTATIONS=1000000 dotnet test tests --filter FullyQualifiedName~TemplatePropertyTests
    private static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable("GPTX_TEMPLATE_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 4000;

    private static readonly string[] Seeds =
    [
        "{% for m in messages %}{{ '<|' + m['role'] + '|>\\n' + m.content|trim + eos_token }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}",
        "{%- set ns = namespace(a=0, s='x') -%}{% for i in range(5) %}{% set ns.a = ns.a + i %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.a ** 3 // 7 }}{{ ns.s[::-2] }}",
        "{% macro f(a, b=2, c='é😀') %}{{ a|tojson(indent=2) }}{{ varargs }}{{ kwargs }}{{ caller() if caller else '' }}{% endmacro %}{% call f([1, {'k': none}], x=1) %}y{% endcall %}",
        "{{ 'a,b;c'.split(',')|map('upper')|list }}{{ '%5.2f|%s|%(x)s' % (1.5, 'a') }}{{ '{:>8,.2f}{!r}'.format(1234.5, 'q') }}{{ messages|groupby('role')|first }}",
        "{{ ['b', 'A', 'c']|sort(reverse=true)|join('-') }}{{ 'long words here'|wordwrap(4) }}{{ 'x\ty'.expandtabs(3) }}{{ [1, 2, 3]|batch(2, 0)|list }}{{ {'a': 1}|dictsort|pprint }}",
        "{% raw %}{{ x }}{% endraw %}{# c #}{%+ if 1 is odd and not 2 is divisibleby 3 -%} y {% elif x %}z{% else %}w{% endif %}{% filter indent(2) %}a\nb{% endfilter %}{% generation %}g{% endgeneration %}",
        "{% for k, v in {'a': [1], 'b': []}.items() recursive %}{{ loop.index }}{{ k }}{{ loop.last }}{% else %}n{% endfor %}{{ 1 < 2 <= 3 != 4 in [4] }}{{ 'see www.x.org or a@b.cd'|urlize }}",
        "{{ strftime_now('%Y-%m-%d %-d %^a') }}{{ 5|round(2) }}{{ '12'|int + '1.5'|float }}{{ 'abc'|replace('b', 'xx', 1)|truncate(3, true, '', 0) }}{{ lipsum(n=1, min=2, max=3) }}{{ 'ßΣ'.title().casefold() }}",
    ];

    private static readonly string[] Pieces =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "*", "**", "//", "%", "~", "|", ".", ",", ":", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "\n", " if ", " else ", " is ", " in ", " not ",
        " for ", "loop", "0", "1", "-1", "99999999999", "1e300", "none", "true", "[]", "{}", "''", "'é😀'", "x", "|list", "|first", "|length", "|sort", "|join", "|int", "|string", "|map('upper')", "|tojson",
        ".format(1)", ".split()", "range(9)", "namespace()", "dict()", "self", "caller", "messages", "* 9 ** 9", "|center(999999)", "|batch(3)", "|slice(3)", "|indent", "|sum", "|unique", "|reverse", "\0", "\uD83D",
    ];

    [Fact]
    public void A_text_without_braces_is_its_own_rendering()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => "ab %#-+}é😀\uD83D\n\t'\"\\|_"[random.Next(19)])]);
            Assert.Equal(text.EndsWith('\n') ? text[..^1] : text, TemplateRun.Text(text));
        }
    }

    [Fact]
    public void What_tojson_writes_reads_back_the_same()
    {
        var random = new Random(2);
        for (var i = 0; i < 1000; i++)
        {
            var json = JsonSerializer.SerializeToElement(Value(random, 4));
            var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["value"] = json };
            foreach (var options in (string[])["", "(indent=2)", "(ensure_ascii=true)", "(separators=(',', ':'))"])
            {
                var text = ChatTemplate.Parse("{{ value|tojson" + options + " }}").Render(new ChatRequest { Messages = [], Variables = variables }, TestContext.Current.CancellationToken).Text;
                using var read = JsonDocument.Parse(text);
                Assert.True(JsonElement.DeepEquals(json, read.RootElement), $"{json} became {text}");
            }
        }
    }

    [Fact]
    public void Slices_take_what_indices_name()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var (start, stop, step) = (random.Next(-8, 8), random.Next(-8, 8), random.Next(1, 4) * (random.Next(2) == 0 ? 1 : -1));
            var text = TemplateRun.Text($"{{{{ 'aé😀bcd'[{start}:{stop}:{step}] }}}}|{{{{ ['a','é','😀','b','c','d'][{start}:{stop}:{step}]|join }}}}").Split('|');
            Assert.Equal(text[1], text[0]);
        }
    }

    [Fact]
    public void A_mutated_template_ends_in_text_or_in_an_error_within_its_limits()
    {
        var limits = new TemplateLimits { Steps = 200_000, Memory = 16 << 20, OutputLength = 1_000_000, Time = TimeSpan.FromSeconds(20) };
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal) { ["eos_token"] = "</s>" };
        var request = new ChatRequest { Messages = [new ChatMessage("system", "Be."), new ChatMessage("user", " Hi <é😀>\n"), new ChatMessage("assistant", "Yes.")] };
        var random = new Random(4);
        for (var i = 0; i < Mutations; i++)
        {
            var source = Mutated(Seeds[random.Next(Seeds.Length)], random);
            try
            {
                var rendered = ChatTemplate.Parse(source, tokens, limits).Render(request, TestContext.Current.CancellationToken);
                Assert.True(rendered.Text.Length <= limits.OutputLength);
            }
            catch (GptxException)
            {
                // An error that a person can act on is as good as a text.
            }
            catch (Exception exception)
            {
                Assert.Fail($"{JsonSerializer.Serialize(source)}: {exception}");
            }
        }
    }

    private static string Mutated(string source, Random random)
    {
        var text = new StringBuilder(source);
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(6), text.Length - at));
                    break;
                case 2:
                    var other = Seeds[random.Next(Seeds.Length)];
                    var from = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(from, Math.Min(random.Next(40), other.Length - from)));
                    break;
                default:
                    text.Remove(at, Math.Min(1, text.Length - at)).Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return text.ToString();
    }

    private static object? Value(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(),
        3 => (random.NextDouble() * 1e6) + 0.5,
        4 => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => (string[])["a", "\"", "\\", "\n", "é", "😀", "\u0001", "<", "\u2028", "\x7f"]).Select(letters => letters[random.Next(letters.Length)])),
        5 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)).ToArray(),
        _ => Enumerable.Range(0, random.Next(4)).ToDictionary(i => $"k{i}\"", _ => Value(random, depth - 1), StringComparer.Ordinal),
    };
}
