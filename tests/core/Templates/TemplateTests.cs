namespace Gptx.Tests.Templates;

/// <summary>What Jinja and Python say of small templates, where the golden cases do not reach.</summary>
public class TemplateTests
{
    [Theory]
    [InlineData("{{ '{:<06}|'.format('ab') }}", "ab0000|")]
    [InlineData("{{ '{:,.2f}'.format(1234567.891) }}", "1,234,567.89")]
    [InlineData("{{ '%08.3f|%+d|%#x|%-4s|' % (3.14159, 5, 255, 'a') }}", "0003.142|+5|0xff|a   |")]
    [InlineData("{{ '%.0f %.0f' % (0.5, 1.5) }}", "0 2")]
    [InlineData("{{ 12345678901234567890 / 255 }}", "4.841442706366498e+16")]
    [InlineData("{{ (7, -7, 7.5)|map('string')|join(' ') }} {{ -7 // 2 }} {{ 7.5 // -2 }} {{ -7.5 % 2 }}", "7 -7 7.5 -4 -4.0 0.5")]
    [InlineData("{{ 2.5|round }} {{ 5|round }} {{ 1234.5|round(-2) }} {{ 2.675|round(2) }}", "2.0 5 1200.0 2.67")]
    [InlineData("{{ 'ŉ ß ǆ'.title() }} {{ 'ΑΣ'.lower() }} {{ 'ﬁ'.upper() }}", "ʼN Ss ǅ ας FI")]
    [InlineData("{{ [1, 'a', none, 2.0, {'k': (1,)}] }}", "[1, 'a', None, 2.0, {'k': (1,)}]")]
    public void Python_prints_and_computes_so(string template, string expected) => Assert.Equal(expected, TemplateRun.Text(template));

    [Theory]
    [InlineData("{% for i in [1,2,3] %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}", "13")]
    [InlineData("{% for i in [1,2] %}{% break %}{% else %}e{% endfor %}", "e")]
    [InlineData("{% for i in [3,1,2]|sort if i > 1 %}{{ loop.index }}/{{ loop.length }}:{{ i }} {% endfor %}", "1/2:2 2/2:3 ")]
    [InlineData("{% for n in [[1,[2]],[3]] recursive %}{% if n is iterable %}({{ loop(n) }}){% else %}{{ n }}@{{ loop.depth }}{% endif %}{% endfor %}", "(1@2(2@3))(3@2)")]
    [InlineData("{% for x in 'abc' %}{{ loop.previtem|default('-') }}{{ x }}{{ loop.nextitem|default('-') }}{{ loop.cycle(0, 1) }}{{ loop.changed(x) }} {% endfor %}", "-ab0True abc1True bc-0True ")]
    public void Loops_go_so(string template, string expected) => Assert.Equal(expected, TemplateRun.Text(template));

    [Theory]
    [InlineData("{% macro m(a, b=a) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1) }}|{{ m(1, 2, 3, k=4) }}", "11(){}|12(3,){'k': 4}")]
    [InlineData("{% macro m() %}<{{ caller(1) }}>{% endmacro %}{% call(x) m() %}{{ x }}!{% endcall %}", "<1!>")]
    [InlineData("{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}", "False")]
    [InlineData("{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}", "2")]
    [InlineData("{% block b %}[{{ 1 }}]{% endblock %}{{ self.b() }}", "[1][1]")]
    [InlineData("{% if false %}{{ 1|nofilter }}{% endif %}{{ 2|nofilter if false else 3 }}", "3")]
    [InlineData("{% autoescape true %}{{ '<' }}{{ '<'|safe }}{{ '<'|safe ~ '>' }}{% endautoescape %}", "&lt;<<&gt;")]
    [InlineData("{% set x | upper %}a{% endset %}{{ x }}{% filter trim | upper %} b {% endfilter %}", "AB")]
    [InlineData("{% with a = 1 %}{% set b = a %}{{ b }}{% endwith %}{{ b is defined }}", "1False")]
    public void Macros_blocks_and_scopes_go_so(string template, string expected) => Assert.Equal(expected, TemplateRun.Text(template));

    [Theory]
    [InlineData("{{ ['a', none]|sort(case_sensitive=true) }}", "TypeError")]
    [InlineData("{{ 'x' is upper(1) }}", "TypeError")]
    [InlineData("line one\n{{ nothing.x }}", "line 2")]
    [InlineData("{% for x in [1] %}\n\n{{ 1 / 0 }}{% endfor %}", "line 3")]
    [InlineData("{{ raise_exception('no\u0001pe') }}", "no\uFFFDpe")]
    [InlineData("{{ '{0.__class__.x}'.format(1) }}", "unsafe")]
    public void What_fails_says_where_and_why(string template, string part) => Assert.Contains(part, TemplateRun.Error(template).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{% break %}")]
    [InlineData("{% for x in y %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}")]
    [InlineData("{% set true = 1 %}")]
    [InlineData("{% for loop in [1] %}{% endfor %}")]
    [InlineData("{% block a %}{% endblock %}{% block a %}{% endblock %}")]
    [InlineData("{% macro m(a, a) %}{% endmacro %}")]
    [InlineData("{{ (1] }}")]
    [InlineData("{{ '\\x1' }}")]
    [InlineData("{{ f(a=1, 2) }}")]
    public void What_is_no_template_is_refused(string template)
    {
        var error = TemplateRun.Error(template);
        Assert.Equal("TemplateSyntaxInvalid", error.ErrorId);
        Assert.Equal(GptxErrorKind.ModelNotLoadable, error.Kind);
    }
}
