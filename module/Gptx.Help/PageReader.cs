using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Gptx.Help;

/// <summary>Reads a page of Markdown as sections within sections; of its marks only the text is kept.</summary>
internal static class PageReader
{
    public static HelpSection Read(string file)
    {
        Block[] blocks = [.. Markdown.Parse(File.ReadAllText(file))];
        return blocks is [HeadingBlock { Level: 1 } title, ..]
            ? Section(title, blocks.AsSpan(1))
            : throw new HelpPageException($"{file}: a page begins with '# ' and its name");
    }

    private static HelpSection Section(HeadingBlock heading, ReadOnlySpan<Block> inside)
    {
        List<HelpBlock> own = [];
        List<HelpSection> sections = [];
        List<HelpLink> links = [];
        for (var at = 0; at < inside.Length; at++)
        {
            if (inside[at] is HeadingBlock { Level: var level } next && level > heading.Level)
            {
                var end = at + 1;
                while (end < inside.Length && !(inside[end] is HeadingBlock other && other.Level <= level))
                {
                    end++;
                }

                sections.Add(Section(next, inside[(at + 1)..end]));
                at = end - 1;
                continue;
            }

            own.AddRange(Blocks(inside[at]));
            links.AddRange(inside[at].Descendants<LinkInline>().Select(link => new HelpLink(Text(link), link.Url ?? "")));
        }

        return new HelpSection(Text(heading.Inline), own, sections, links);
    }

    private static IEnumerable<HelpBlock> Blocks(Block block) => block switch
    {
        CodeBlock code => [new HelpBlock(HelpBlockKind.Code, code.Lines.ToString().TrimEnd())],
        ParagraphBlock paragraph => [new HelpBlock(HelpBlockKind.Paragraph, Text(paragraph.Inline))],
        ListBlock list => list.OfType<ListItemBlock>().Select(item =>
            new HelpBlock(HelpBlockKind.Item, string.Join(' ', item.OfType<ParagraphBlock>().Select(paragraph => Text(paragraph.Inline))))),
        _ => [],
    };

    private static string Text(ContainerInline? inlines) => inlines is null ? "" : string.Concat(inlines.Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        ContainerInline container => Text(container),
        _ => "",
    }));
}
