using System.Text;

namespace Gptx.Help;

/// <summary>An about topic as Get-Help shows it: plain text, headings in capitals, lines of at most 80 characters.</summary>
/// <param name="page">The page.</param>
public sealed class AboutTopic(HelpSection page)
{
    private const int Width = 80;
    private const string Indent = "    ";

    /// <summary>Its name, such as about_Gptx.</summary>
    public string Name => page.Title;

    /// <summary>Its text.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder().AppendLine("TOPIC").Append(Indent).AppendLine(Name).AppendLine();
            foreach (var section in page.Sections)
            {
                Append(text, section, section.Title.ToUpperInvariant());
            }

            return text.ToString();
        }
    }

    private static void Append(StringBuilder text, HelpSection section, string title)
    {
        text.AppendLine(title);
        foreach (var block in section.Blocks)
        {
            Append(text, block);
        }

        foreach (var part in section.Sections)
        {
            Append(text, part, Indent + part.Title);
        }
    }

    private static void Append(StringBuilder text, HelpBlock block)
    {
        if (block.Kind == HelpBlockKind.Code)
        {
            foreach (var line in block.Text.Split('\n'))
            {
                text.Append(Indent).Append(Indent).AppendLine(line.TrimEnd());
            }

            text.AppendLine();
            return;
        }

        var first = block.Kind == HelpBlockKind.Item ? Indent + "- " : Indent;
        foreach (var (at, line) in Lines(block.Text, Width - first.Length).Index())
        {
            text.Append(at == 0 ? first : first.Replace('-', ' ')).AppendLine(line);
        }

        text.AppendLine();
    }

    private static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}
