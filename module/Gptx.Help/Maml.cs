using System.Xml.Linq;

namespace Gptx.Help;

/// <summary>The words of MAML.</summary>
internal static class Maml
{
    public static readonly XNamespace Root = "http://msh";
    public static readonly XNamespace MamlSpace = "http://schemas.microsoft.com/maml/2004/10";
    public static readonly XNamespace CommandSpace = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    public static readonly XNamespace DevSpace = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XElement Paragraph(string text) => new(MamlSpace + "para", text);

    public static IEnumerable<XElement> Paragraphs(IEnumerable<HelpBlock> blocks) =>
        blocks.Select(block => Paragraph(block.Kind == HelpBlockKind.Item ? "- " + block.Text : block.Text));
}
