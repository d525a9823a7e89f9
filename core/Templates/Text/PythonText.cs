namespace Gptx.Templates;

/// <summary>How Python writes values down.</summary>
internal static class PythonText
{
    private const int LongestExcerpt = 200;

    /// <summary>A name in quotes, for a message; cut where it is long.</summary>
    public static string Quote(string text) => Quoted(text.Length > LongestExcerpt ? text[..LongestExcerpt] + "..." : text);

    /// <summary>A value for a message; cut where it is long.</summary>
    public static string Short(TemplateValue value, Rendering run)
    {
        var shown = value.Shown(run);
        return shown.Length > LongestExcerpt ? shown[..LongestExcerpt] + "..." : shown;
    }

    public static string Quoted(string text)
    {
        var unbounded = new BoundedText(new Budget(TemplateLimits.Default, CancellationToken.None));
        AppendQuoted(unbounded, text);
        return unbounded.ToString();
    }

    /// <summary>Writes a text as <c>repr()</c> does: in single quotes unless it has those and no double ones; what cannot be printed as an escape.</summary>
    public static void AppendQuoted(BoundedText into, string text, bool ascii = false)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        into.Append(quote);
        foreach (var codePoint in PythonCharacters.CodePoints(text))
        {
            switch (codePoint)
            {
                case '\\':
                    into.Append("\\\\");
                    break;
                case '\n':
                    into.Append("\\n");
                    break;
                case '\r':
                    into.Append("\\r");
                    break;
                case '\t':
                    into.Append("\\t");
                    break;
                case var _ when codePoint == quote:
                    into.Append('\\').Append(quote);
                    break;
                case >= ' ' and < 0x7f:
                    into.Append((char)codePoint);
                    break;
                default:
                    AppendUnusual(into, codePoint, ascii);
                    break;
            }
        }

        into.Append(quote);
    }

    /// <summary>Writes elements between brackets.</summary>
    public static void ShowItems(BoundedText into, string open, List<TemplateValue> items, string close, Rendering run)
    {
        run.Budget.Enter();
        into.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            run.Budget.Step();
            if (i > 0)
            {
                into.Append(", ");
            }

            items[i].Show(into, run);
        }

        into.Append(close);
        run.Budget.Leave();
    }

    private static void AppendUnusual(BoundedText into, int codePoint, bool ascii)
    {
        if (!ascii && PythonCharacters.IsPrintable(codePoint))
        {
            if (codePoint > 0xFFFF)
            {
                into.Append(char.ConvertFromUtf32(codePoint));
            }
            else
            {
                into.Append((char)codePoint);
            }
        }
        else
        {
            into.Append(codePoint switch
            {
                < 0x100 => $"\\x{codePoint:x2}",
                < 0x10000 => $"\\u{codePoint:x4}",
                _ => $"\\U{codePoint:x8}",
            });
        }
    }
}
