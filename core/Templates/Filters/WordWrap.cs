namespace Gptx.Templates;

/// <summary>The filter <c>wordwrap</c>: each line of a text broken as Python's <c>textwrap</c> breaks it.</summary>
internal static class WordWrap
{
    public static TemplateValue Filter(TemplateValue value, CallArguments call, Rendering run)
    {
        var bound = call.Bind("wordwrap", 0, "width", "break_long_words", "wrapstring", "break_on_hyphens");
        var width = Arguments.Integer(bound[0], 79, "wordwrap");
        var breakLong = bound[1]?.IsTrue(run) ?? true;
        var between = Arguments.IsAbsent(bound[2]) ? "\n" : Arguments.Text(bound[2], "\n", "wordwrap");
        var onHyphens = bound[3]?.IsTrue(run) ?? true;
        if (value is not TextValue text)
        {
            throw value is UndefinedValue undefined ? undefined.Fault() : TemplateFault.Failed("AttributeError", $"'{value.TypeName}' object has no attribute 'splitlines'");
        }

        var into = new BoundedText(run.Budget);
        var isFirst = true;
        foreach (var line in TextSplitMethods.Lines(text, keepEnds: false, run))
        {
            into.Append(isFirst ? "" : between);
            isFirst = false;
            var isFirstPart = true;
            foreach (var part in Wrap(((TextValue)line).Text, width, breakLong, onHyphens, run))
            {
                into.Append(isFirstPart ? "" : between).Append(part);
                isFirstPart = false;
            }
        }

        return new TextValue(into.ToString());
    }

    private static List<string> Wrap(string line, int width, bool breakLong, bool onHyphens, Rendering run)
    {
        if (width <= 0)
        {
            throw TemplateFault.Value($"invalid width {width} (must be > 0)");
        }

        run.Budget.Text(line.Length * 2L);
        var chunks = new Stack<string>(Enumerable.Reverse(onHyphens ? WordChunks.WithHyphens(line, run) : WordChunks.Of(line, run)));
        var lines = new List<string>();
        while (chunks.Count > 0)
        {
            run.Budget.Step();
            run.Budget.Memory(48);
            if (lines.Count > 0 && IsBlank(chunks.Peek()))
            {
                chunks.Pop();
            }

            var current = new List<string>();
            var length = 0;
            while (chunks.Count > 0 && length + Count(chunks.Peek(), run) <= width)
            {
                run.Budget.Step();
                length += Count(chunks.Peek(), run);
                current.Add(chunks.Pop());
            }

            if (chunks.Count > 0 && Count(chunks.Peek(), run) > width)
            {
                BreakLong(chunks, current, width - length, width, breakLong, onHyphens, run);
            }

            if (current.Count > 0 && IsBlank(current[^1]))
            {
                current.RemoveAt(current.Count - 1);
            }

            if (current.Count > 0)
            {
                lines.Add(string.Concat(current));
            }
        }

        return lines;
    }

    private static void BreakLong(Stack<string> chunks, List<string> current, int room, int width, bool breakLong, bool onHyphens, Rendering run)
    {
        room = width < 1 ? 1 : room;
        if (!breakLong)
        {
            if (current.Count == 0)
            {
                current.Add(chunks.Pop());
            }

            return;
        }

        var chunk = new TextValue(chunks.Pop());
        run.Budget.Text(chunk.Text.Length);
        var end = chunk.UnitAt(Math.Max(room, 0), run);
        if (onHyphens && chunk.CodePointCount(run) > room && room > 0)
        {
            var hyphen = chunk.Text.LastIndexOf('-', end - 1);
            if (hyphen > 0 && chunk.Text[..hyphen].Any(character => character != '-'))
            {
                end = hyphen + 1;
            }
        }

        current.Add(chunk.Text[..end]);
        chunks.Push(chunk.Text[end..]);
    }

    private static int Count(string chunk, Rendering run) => new TextValue(chunk).CodePointCount(run);

    // textwrap knows only the white space of ASCII, but asks str.strip() of what is left.
    private static bool IsBlank(string chunk) => chunk.All(PythonCharacters.IsSpace);
}
