using System.Reflection;
using Gptx.PowerShell;

namespace Gptx.Tests.Module;

/// <summary>The module as it is in the repository: its cmdlets, read without PowerShell, and its text files.</summary>
internal static class ModuleFolder
{
    private const string Cmdlet = "System.Management.Automation.CmdletAttribute";

    public static string Path { get; } = System.IO.Path.Combine(GoldenRoot.RepositoryRoot, "module");

    public static string Packed { get; } = System.IO.Path.Combine(GoldenRoot.RepositoryRoot, "artifacts", "module", "Gptx");

    public static IReadOnlyList<CmdletType> Cmdlets { get; } =
    [
        .. typeof(GptxCmdlet).Assembly.GetExportedTypes()
            .Where(type => Attribute(type, Cmdlet) is not null)
            .Select(type => new CmdletType(type))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    public static string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    /// <summary>An attribute as it is written: PowerShell's own types are there as declarations only, so none is made.</summary>
    public static CustomAttributeData? Attribute(MemberInfo member, string name) => Attributes(member, name).FirstOrDefault();

    public static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.FullName == name);
}

/// <summary>A cmdlet, read by reflection.</summary>
internal sealed class CmdletType(Type type)
{
    private readonly CustomAttributeData _attribute = ModuleFolder.Attribute(type, "System.Management.Automation.CmdletAttribute")!;

    public Type Type => type;

    public string Verb => (string)_attribute.ConstructorArguments[0].Value!;

    public string Noun => (string)_attribute.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public string? DefaultSet => _attribute.NamedArguments.FirstOrDefault(named => named.MemberName == "DefaultParameterSetName").TypedValue.Value as string;

    public IReadOnlyList<Type> OutputTypes =>
    [
        .. ModuleFolder.Attributes(type, "System.Management.Automation.OutputTypeAttribute")
            .SelectMany(attribute => attribute.ConstructorArguments)
            .SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many : [argument])
            .Select(argument => argument.Value)
            .OfType<Type>(),
    ];

    public IReadOnlyList<CmdletParameter> Parameters =>
    [
        .. type.GetProperties()
            .SelectMany(property => ModuleFolder.Attributes(property, "System.Management.Automation.ParameterAttribute")
                .Select(attribute => new CmdletParameter(property, attribute))),
    ];

    public override string ToString() => Name;
}

/// <summary>A parameter of a cmdlet in one of its parameter sets.</summary>
internal sealed class CmdletParameter(PropertyInfo property, CustomAttributeData attribute)
{
    public string Name => property.Name;

    public Type Type => property.PropertyType;

    public string? Set => Named("ParameterSetName") as string;

    public bool IsMandatory => Named("Mandatory") is true;

    public int? Position => Named("Position") as int?;

    public bool IsByValue => Named("ValueFromPipeline") is true;

    public bool IsByPropertyName => Named("ValueFromPipelineByPropertyName") is true;

    public IReadOnlyList<string> Aliases =>
    [
        .. ModuleFolder.Attributes(property, "System.Management.Automation.AliasAttribute")
            .SelectMany(alias => (IEnumerable<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
            .Select(name => (string)name.Value!),
    ];

    private object? Named(string name) => attribute.NamedArguments.FirstOrDefault(named => named.MemberName == name).TypedValue.Value;
}
