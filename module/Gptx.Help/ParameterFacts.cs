using System.Reflection;

namespace Gptx.Help;

/// <summary>What a parameter's attributes say of it in one of its parameter sets.</summary>
/// <param name="property">The property.</param>
/// <param name="attribute">Its <c>[Parameter]</c>.</param>
public sealed class ParameterFacts(PropertyInfo property, CustomAttributeData attribute)
{
    private const string Switch = "System.Management.Automation.SwitchParameter";

    /// <summary>The property.</summary>
    public PropertyInfo Property => property;

    /// <summary>Its name.</summary>
    public string Name => property.Name;

    /// <summary>The type of its values.</summary>
    public Type Type => property.PropertyType;

    /// <summary>The set it is of; null if it is of all.</summary>
    public string? Set => AttributeFacts.Named(attribute, "ParameterSetName") as string;

    /// <summary>Whether it must be given.</summary>
    public bool IsMandatory => AttributeFacts.Named(attribute, "Mandatory") is true;

    /// <summary>Its place among the arguments without a name; null if it needs its name.</summary>
    public int? Position => AttributeFacts.Named(attribute, "Position") as int?;

    /// <summary>Whether it takes the objects of the pipeline.</summary>
    public bool IsByValue => AttributeFacts.Named(attribute, "ValueFromPipeline") is true;

    /// <summary>Whether it takes the property of its name of the objects in the pipeline.</summary>
    public bool IsByPropertyName => AttributeFacts.Named(attribute, "ValueFromPipelineByPropertyName") is true;

    /// <summary>Whether it stands alone, without a value.</summary>
    public bool IsSwitch => property.PropertyType.FullName == Switch;

    /// <summary>Whether its values may have * and ?.</summary>
    public bool HasWildcards => AttributeFacts.Find(property, "SupportsWildcardsAttribute") is not null;

    /// <summary>Its other names.</summary>
    public IReadOnlyList<string> Aliases =>
    [
        .. AttributeFacts.All(property, "AliasAttribute")
            .SelectMany(alias => (IEnumerable<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!)
            .Select(name => (string)name.Value!),
    ];

    /// <summary>The words that it takes, if it takes no others.</summary>
    public IReadOnlyList<string> Choices
    {
        get
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            return type.IsEnum ? Enum.GetNames(type) : [];
        }
    }
}
