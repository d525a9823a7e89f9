using System.Xml.Linq;
using Gptx.Help;

namespace Gptx.Tests.Module;

/// <summary>Every cmdlet has a page in docs/en-US, which says all of it and nothing else; Get-Help reads what is compiled of them.</summary>
public class CmdletHelpTests
{
    private const int Examples = 3;

    // The embedded model fills no masks and has no classes, and there is no hub: what such models and a hub say cannot be run here.
    private static readonly string[] OfOtherModels = ["Get-MaskedToken", "Get-TextAnswer", "Get-TextClass", "Get-TokenClass", "Remove-LanguageModel", "Save-LanguageModel", "Test-LanguageModel"];

    public static TheoryData<string> Names => [.. ModuleFolder.Cmdlets.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void There_is_a_page_for_each_cmdlet_and_no_other() =>
        Assert.Equal(ModuleFolder.Cmdlets.Select(cmdlet => cmdlet.Name), ModuleFolder.Help.Pages.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_help_for_each_parameter_and_names_no_other(string name)
    {
        var cmdlet = ModuleFolder.Cmdlets.Single(each => each.Name == name);
        string[] parameters = [.. cmdlet.Parameters.Select(parameter => parameter.Name).Distinct(), .. cmdlet.SupportsShouldProcess ? new[] { "WhatIf", "Confirm" } : []];
        var page = Page(name);
        Assert.Equal(parameters.Order(StringComparer.Ordinal), page.Parameters.Keys.Concat(page.Shared).Order(StringComparer.Ordinal));
        Assert.All(parameters, parameter =>
            Assert.True(ModuleFolder.Help.OfParameter(name, parameter) is [{ Text.Length: > 10 }, ..], $"{name} -{parameter} has no help"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_examples_with_their_output(string name)
    {
        var page = Page(name);
        Assert.True(page.Examples.Count >= Examples, $"{name} has {page.Examples.Count} examples");
        Assert.All(page.Examples, example => Assert.Contains(name, string.Join('\n', Code(example)), StringComparison.Ordinal));
        if (!OfOtherModels.Contains(name))
        {
            Assert.True(page.Examples.Count(example => Code(example).Any(code => code.StartsWith("PS> ", StringComparison.Ordinal))) >= Examples, $"{name} has too few examples with output");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_says_the_rest(string name)
    {
        var page = Page(name);
        var cmdlet = ModuleFolder.Cmdlets.Single(each => each.Name == name);
        Assert.InRange(page.Synopsis.Length, 10, 120);
        Assert.NotEmpty(page.Description);
        Assert.NotEmpty(page.Inputs);
        Assert.NotEmpty(page.Notes);
        Assert.NotEmpty(page.Links);
        Assert.All(page.Links, link => Assert.True(link.Target.Contains("://", StringComparison.Ordinal) || ModuleFolder.Help.Pages.ContainsKey(link.Text), $"{name} links to {link.Text}"));
        string[] written = [.. cmdlet.OutputTypes.Select(type => type == typeof(void) ? "None" : type.FullName!)];
        Assert.Equal(written.Order(StringComparer.Ordinal), page.Outputs.Select(output => output.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Shared_help_is_of_parameters_that_pages_share() =>
        Assert.All(ModuleFolder.Help.Shared.Keys, name => Assert.Contains(ModuleFolder.Help.Pages.Values, page => page.Shared.Contains(name)));

    [Theory]
    [InlineData("about_Gptx")]
    [InlineData("about_Gptx_Models")]
    [InlineData("about_Gptx_Pipelines")]
    [InlineData("about_Gptx_Automation")]
    [InlineData("about_Gptx_Jobs")]
    public void There_is_the_topic(string name)
    {
        var text = Assert.Single(ModuleFolder.Help.About, about => about.Name == name).Text;
        Assert.StartsWith("TOPIC", text, StringComparison.Ordinal);
        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.Contains("EXAMPLES", text, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Path.Combine(ModuleFolder.Packed, "en-US", name + ".help.txt")));
    }

    [Fact]
    public void The_packed_module_has_the_help_of_all_cmdlets()
    {
        var commands = XDocument.Load(Path.Combine(ModuleFolder.Packed, "en-US", "Gptx.PowerShell.dll-Help.xml")).Root!.Elements().ToList();
        Assert.Equal(ModuleFolder.Cmdlets.Select(cmdlet => cmdlet.Name), commands.Select(command => command.Descendants().First(part => part.Name.LocalName == "name").Value));
        Assert.All(commands, command => Assert.True(command.Descendants().Count(part => part.Name.LocalName == "example") >= Examples));
    }

    private static HelpPage Page(string name) =>
        ModuleFolder.Help.Pages.TryGetValue(name, out var page) ? page : throw new FileNotFoundException($"docs/en-US/{name}.md is missing");

    private static IEnumerable<string> Code(HelpSection example) => example.Blocks.Where(block => block.Kind == HelpBlockKind.Code).Select(block => block.Text);
}
