using System.Text;

namespace Gptx.Templates;

/// <summary>Escaping for HTML, which few chat templates ask for.</summary>
internal static class Html
{
    /// <summary>A value as HTML: markup as it is, anything else printed and escaped.</summary>
    public static TextValue Escape(TemplateValue value, Rendering run) => value is TextValue { IsMarkup: true } markup ? markup : new TextValue(Escaped(value.Printed(run), run), isMarkup: true);

    public static string Escaped(string text, Rendering run)
    {
        if (text.AsSpan().IndexOfAny("&<>'\"") < 0)
        {
            run.Budget.Characters(text.Length);
            return text;
        }

        run.Budget.Text(text.Length * 5L);
        return new StringBuilder(text).Replace("&", "&amp;").Replace(">", "&gt;").Replace("<", "&lt;").Replace("'", "&#39;").Replace("\"", "&#34;").ToString();
    }

    /// <summary>Two texts that are to be joined: where one is markup, the other is escaped.</summary>
    public static (string First, string Second) Matched(TextValue first, TextValue second, Rendering run) => (first.IsMarkup, second.IsMarkup) switch
    {
        (true, false) => (first.Text, Escaped(second.Text, run)),
        (false, true) => (Escaped(first.Text, run), second.Text),
        _ => (first.Text, second.Text),
    };

    /// <summary>An argument as a method of <paramref name="owner"/> takes it: escaped where that is markup.</summary>
    public static string ArgumentOf(TextValue owner, TextValue argument, Rendering run) => owner.IsMarkup && !argument.IsMarkup ? Escaped(argument.Text, run) : argument.Text;
}
