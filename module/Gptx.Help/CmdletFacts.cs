using System.Reflection;

namespace Gptx.Help;

/// <summary>What a cmdlet's attributes say, read by reflection: no PowerShell is needed.</summary>
/// <param name="type">The class of the cmdlet.</param>
public sealed class CmdletFacts(Type type)
{
    private readonly CustomAttributeData _attribute = AttributeFacts.Find(type, "CmdletAttribute")!;

    /// <summary>The class.</summary>
    public Type Type => type;

    /// <summary>The verb of its name.</summary>
    public string Verb => (string)_attribute.ConstructorArguments[0].Value!;

    /// <summary>The noun of its name.</summary>
    public string Noun => (string)_attribute.ConstructorArguments[1].Value!;

    /// <summary>Its name.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The parameter set that is taken where the parameters leave it open.</summary>
    public string? DefaultSet => AttributeFacts.Named(_attribute, "DefaultParameterSetName") as string;

    /// <summary>Whether it takes -WhatIf and -Confirm.</summary>
    public bool SupportsShouldProcess => AttributeFacts.Named(_attribute, "SupportsShouldProcess") is true;

    /// <summary>The types of the objects it writes.</summary>
    public IReadOnlyList<Type> OutputTypes =>
    [
        .. AttributeFacts.All(type, "OutputTypeAttribute")
            .SelectMany(attribute => attribute.ConstructorArguments)
            .SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many : [argument])
            .Select(argument => argument.Value)
            .OfType<Type>(),
    ];

    /// <summary>Its parameters: one entry for each set that a parameter names.</summary>
    public IReadOnlyList<ParameterFacts> Parameters =>
    [
        .. type.GetProperties()
            .SelectMany(property => AttributeFacts.All(property, "ParameterAttribute").Select(attribute => new ParameterFacts(property, attribute))),
    ];

    /// <summary>The names of its parameter sets, the default one first; null stands for the only one.</summary>
    public IReadOnlyList<string?> Sets
    {
        get
        {
            string[] named = [.. Parameters.Select(parameter => parameter.Set).OfType<string>().Distinct().OrderByDescending(set => set == DefaultSet)];
            return named.Length == 0 ? new string?[] { null } : named;
        }
    }

    /// <summary>The cmdlets of an assembly, by name.</summary>
    public static IReadOnlyList<CmdletFacts> In(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(type => AttributeFacts.Find(type, "CmdletAttribute") is not null)
            .Select(type => new CmdletFacts(type))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
