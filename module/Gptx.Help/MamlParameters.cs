using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Gptx.Help.Maml;

namespace Gptx.Help;

/// <summary>A cmdlet's parameters in MAML: what is required where from the cmdlet, what they mean from the pages.</summary>
internal sealed partial class MamlParameters(CmdletFacts cmdlet, HelpFolder folder)
{
    private static readonly string[] OfShouldProcess = ["WhatIf", "Confirm"];

    /// <summary>How the cmdlet is called: a line each parameter set.</summary>
    public XElement Syntax() => new(
        CommandSpace + "syntax",
        cmdlet.Sets.Select(set => new XElement(
            CommandSpace + "syntaxItem",
            new XElement(MamlSpace + "name", cmdlet.Name),
            cmdlet.Parameters.Where(parameter => parameter.Set is null || parameter.Set == set)
                .OrderBy(parameter => parameter.Position ?? int.MaxValue)
                .Select(parameter => Parameter(parameter, isSyntax: true)),
            ShouldProcess())));

    /// <summary>The parameters, by name.</summary>
    public XElement Parameters() => new(
        CommandSpace + "parameters",
        cmdlet.Parameters.DistinctBy(parameter => parameter.Name).OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => Parameter(parameter, isSyntax: false)),
        ShouldProcess());

    private XElement Parameter(ParameterFacts parameter, bool isSyntax)
    {
        var help = folder.OfParameter(cmdlet.Name, parameter.Name) ?? [];
        var type = new XElement(DevSpace + "type", new XElement(MamlSpace + "name", TypeName(parameter.Type)));
        return new XElement(
            CommandSpace + "parameter",
            new XAttribute("required", Truth(parameter.IsMandatory)),
            new XAttribute("variableLength", Truth(parameter.Type.IsArray)),
            new XAttribute("globbing", Truth(parameter.HasWildcards)),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(MamlSpace + "name", parameter.Name),
            new XElement(MamlSpace + "description", Paragraphs(help)),
            isSyntax && parameter.Choices.Count > 0
                ? new XElement(CommandSpace + "parameterValueGroup", parameter.Choices.Select(choice => Value(choice)))
                : isSyntax && parameter.IsSwitch ? null : Value(TypeName(parameter.Type)),
            type,
            new XElement(DevSpace + "defaultValue", parameter.IsSwitch ? "False" : Default(help)));
    }

    // PowerShell adds these two itself.
    private IEnumerable<XElement> ShouldProcess() => !cmdlet.SupportsShouldProcess ? [] : OfShouldProcess.Select(name => new XElement(
        CommandSpace + "parameter",
        new XAttribute("required", "false"),
        new XAttribute("pipelineInput", "False"),
        new XAttribute("position", "named"),
        new XElement(MamlSpace + "name", name),
        new XElement(MamlSpace + "description", Paragraphs(folder.Shared.GetValueOrDefault(name) ?? [])),
        new XElement(DevSpace + "type", new XElement(MamlSpace + "name", "SwitchParameter")),
        new XElement(DevSpace + "defaultValue", "False")));

    private static XElement Value(string name) => new(
        CommandSpace + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), name);

    private static string Pipeline(ParameterFacts parameter) => (parameter.IsByValue, parameter.IsByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static string Default(IReadOnlyList<HelpBlock> help) =>
        help.Select(block => DefaultSentence().Match(block.Text)).FirstOrDefault(match => match.Success)?.Groups["value"].Value ?? "None";

    private static string TypeName(Type type) => Nullable.GetUnderlyingType(type)?.Name ?? type.Name;

    private static string Truth(bool value) => value ? "true" : "false";

    [GeneratedRegex(@"\bDefault:? (?<value>.+?)\.(?= |$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DefaultSentence();
}
