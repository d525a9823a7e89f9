using System.Text;

namespace Gptx.Templates;

/// <summary>Methods that make text wider.</summary>
internal static class TextPaddingMethods
{
    public static readonly Dictionary<string, ValueMethod<TextValue>> All = new()
    {
        ["center"] = (text, call, run) => Padded(text, call, "center", run),
        ["ljust"] = (text, call, run) => Padded(text, call, "ljust", run),
        ["rjust"] = (text, call, run) => Padded(text, call, "rjust", run),
        ["zfill"] = (text, call, run) => ZeroFilled(text, Arguments.Integer(call.Places("str.zfill", 1, 1)[0], "zfill"), run),
        ["expandtabs"] = (text, call, run) => Expanded(text, Arguments.Integer(call.Bind("expandtabs", 0, "tabsize")[0], 8, "expandtabs"), run),
    };

    /// <summary>As <c>str.center</c>: of an odd rest Python puts the larger half on the left where the width is odd.</summary>
    public static TextValue Center(TextValue text, int width, Rendering run)
    {
        var missing = (long)width - text.CodePointCount(run);
        return missing <= 0 ? text : Between(text, (missing / 2) + (missing & width & 1), missing, " ", run);
    }

    private static TextValue Padded(TextValue text, CallArguments call, string name, Rendering run)
    {
        var given = call.Places($"str.{name}", 1, 2);
        var fill = given.Count < 2 ? " " : Arguments.Text(given[1], " ", name);
        if (new TextValue(fill).CodePointCount(run) != 1)
        {
            throw TemplateFault.Type("The fill character must be exactly one character long");
        }

        var width = Arguments.Integer(given[0], name);
        var missing = (long)width - text.CodePointCount(run);
        var left = name switch
        {
            "ljust" => 0,
            "rjust" => missing,
            _ => (missing / 2) + (missing & width & 1),
        };
        return missing <= 0 ? text : Between(text, left, missing, Html.ArgumentOf(text, new TextValue(fill), run), run);
    }

    private static TextValue Between(TextValue text, long left, long missing, string fill, Rendering run)
    {
        run.Budget.Text(text.Text.Length + (missing * fill.Length));
        var into = new StringBuilder().Insert(0, fill, (int)left).Append(text.Text);
        return text.With(into.Insert(into.Length, fill, (int)(missing - left)).ToString());
    }

    private static TextValue ZeroFilled(TextValue text, int width, Rendering run)
    {
        var missing = (long)width - text.CodePointCount(run);
        if (missing <= 0)
        {
            return text;
        }

        run.Budget.Text(text.Text.Length + missing);
        var sign = text.Text is ['+' or '-', ..] ? 1 : 0;
        return text.With(text.Text[..sign] + new string('0', (int)missing) + text.Text[sign..]);
    }

    private static TextValue Expanded(TextValue text, int size, Rendering run)
    {
        var into = new BoundedText(run.Budget);
        var column = 0L;
        foreach (var codePoint in PythonCharacters.CodePoints(text.Text))
        {
            if (codePoint == '\t')
            {
                var width = size <= 0 ? 0 : size - (column % size);
                into.Append(' ', width);
                column += width;
                continue;
            }

            column = codePoint is '\n' or '\r' ? 0 : column + 1;
            if (codePoint > 0xFFFF)
            {
                into.Append(char.ConvertFromUtf32(codePoint));
            }
            else
            {
                into.Append((char)codePoint);
            }
        }

        return text.With(into.ToString());
    }
}
