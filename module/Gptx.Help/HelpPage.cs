using System.Text.RegularExpressions;

namespace Gptx.Help;

/// <summary>
/// The page of a cmdlet. It says what only a person knows; types, aliases, positions and sets of the parameters are read from the
/// cmdlet itself.
/// </summary>
public sealed partial class HelpPage
{
    private static readonly string[] Titles = ["Synopsis", "Description", "Examples", "Parameters", "Inputs", "Outputs", "Notes", "Links"];
    private readonly HelpSection _page;

    internal HelpPage(string file, HelpSection page)
    {
        _page = page;
        string[] titles = [.. page.Sections.Select(section => section.Title)];
        if (!titles.SequenceEqual(Titles))
        {
            throw new HelpPageException($"{file}: a page has the headings {string.Join(", ", Titles)}, in this order; this one has {string.Join(", ", titles)}");
        }
    }

    /// <summary>The cmdlet's name.</summary>
    public string Name => _page.Title;

    /// <summary>What it does, in one sentence.</summary>
    public string Synopsis => string.Join(' ', Part("Synopsis").Blocks.Select(block => block.Text));

    /// <summary>What it does, at length.</summary>
    public IReadOnlyList<HelpBlock> Description => Part("Description").Blocks;

    /// <summary>Examples: a title, a command with its output, and what it shows.</summary>
    public IReadOnlyList<HelpSection> Examples => Part("Examples").Sections;

    /// <summary>The help of the cmdlet's own parameters, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HelpBlock>> Parameters => Named(Part("Parameters"));

    /// <summary>The names of the parameters that it shares with others: their help is in shared-parameters.md.</summary>
    public IReadOnlyList<string> Shared =>
        [.. Part("Parameters").Blocks.SelectMany(block => ParameterName().Matches(block.Text)).Select(match => match.Groups["name"].Value)];

    /// <summary>What it takes from the pipeline: a type each.</summary>
    public IReadOnlyList<HelpSection> Inputs => Part("Inputs").Sections;

    /// <summary>What it writes: a type each.</summary>
    public IReadOnlyList<HelpSection> Outputs => Part("Outputs").Sections;

    /// <summary>What else is to be known.</summary>
    public IReadOnlyList<HelpBlock> Notes => Part("Notes").Blocks;

    /// <summary>Pages to read next.</summary>
    public IReadOnlyList<HelpLink> Links => Part("Links").Links;

    /// <summary>The parameters that a section has a heading for, such as <c>-Top</c>.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<HelpBlock>> Named(HelpSection section) =>
        section.Sections.ToDictionary(part => part.Title.TrimStart('-'), part => part.Blocks, StringComparer.Ordinal);

    private HelpSection Part(string title) => _page.Sections.First(section => section.Title == title);

    [GeneratedRegex(@"(?<!\w)-(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}
