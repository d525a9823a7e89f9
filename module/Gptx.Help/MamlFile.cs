using System.Xml.Linq;
using static Gptx.Help.Maml;

namespace Gptx.Help;

/// <summary>The help of cmdlets in the form that Get-Help reads (MAML, PowerShell's <c>-Help.xml</c>).</summary>
public static class MamlFile
{
    /// <summary>The help of those cmdlets that have a page.</summary>
    public static XDocument Of(HelpFolder folder, IEnumerable<CmdletFacts> cmdlets) => new(
        new XDeclaration("1.0", "utf-8", standalone: null),
        new XElement(
            Root + "helpItems",
            new XAttribute("schema", "maml"),
            cmdlets.Where(cmdlet => folder.Pages.ContainsKey(cmdlet.Name)).Select(cmdlet => Command(cmdlet, folder.Pages[cmdlet.Name], folder))));

    private static XElement Command(CmdletFacts cmdlet, HelpPage page, HelpFolder folder)
    {
        var parameters = new MamlParameters(cmdlet, folder);
        return new XElement(
            CommandSpace + "command",
            new XAttribute(XNamespace.Xmlns + "maml", MamlSpace),
            new XAttribute(XNamespace.Xmlns + "command", CommandSpace),
            new XAttribute(XNamespace.Xmlns + "dev", DevSpace),
            new XElement(
                CommandSpace + "details",
                new XElement(CommandSpace + "name", cmdlet.Name),
                new XElement(CommandSpace + "verb", cmdlet.Verb),
                new XElement(CommandSpace + "noun", cmdlet.Noun),
                new XElement(MamlSpace + "description", Paragraph(page.Synopsis))),
            new XElement(MamlSpace + "description", Paragraphs(page.Description)),
            parameters.Syntax(),
            parameters.Parameters(),
            new XElement(CommandSpace + "inputTypes", page.Inputs.Select(input => Typed("inputType", input))),
            new XElement(CommandSpace + "returnValues", page.Outputs.Select(output => Typed("returnValue", output))),
            new XElement(MamlSpace + "alertSet", new XElement(MamlSpace + "alert", Paragraphs(page.Notes))),
            new XElement(CommandSpace + "examples", page.Examples.Select(Example)),
            new XElement(CommandSpace + "relatedLinks", page.Links.Select(Link)));
    }

    private static XElement Typed(string name, HelpSection section) => new(
        CommandSpace + name,
        new XElement(DevSpace + "type", new XElement(MamlSpace + "name", section.Title)),
        new XElement(MamlSpace + "description", Paragraphs(section.Blocks)));

    private static XElement Example(HelpSection example, int index) => new(
        CommandSpace + "example",
        new XElement(MamlSpace + "title", $"---------- Example {index + 1}: {example.Title} ----------"),
        new XElement(DevSpace + "code", string.Join("\n\n", example.Blocks.Where(block => block.Kind == HelpBlockKind.Code).Select(block => block.Text))),
        new XElement(DevSpace + "remarks", Paragraphs(example.Blocks.Where(block => block.Kind != HelpBlockKind.Code))));

    private static XElement Link(HelpLink link) => new(
        MamlSpace + "navigationLink",
        new XElement(MamlSpace + "linkText", link.Text),
        new XElement(MamlSpace + "uri", link.Target.Contains("://", StringComparison.Ordinal) ? link.Target : ""));
}
