using System.Reflection;

namespace Gptx.Help;

/// <summary>PowerShell's attributes as they are written: its types are there as declarations only, so none is made.</summary>
public static class AttributeFacts
{
    private const string Namespace = "System.Management.Automation.";

    /// <summary>The first attribute of a name, or null.</summary>
    public static CustomAttributeData? Find(MemberInfo member, string name) => All(member, name).FirstOrDefault();

    /// <summary>The attributes of a name, without the namespace.</summary>
    public static IEnumerable<CustomAttributeData> All(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.FullName == Namespace + name);

    /// <summary>A named argument of an attribute, or null.</summary>
    public static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(named => named.MemberName == name).TypedValue.Value;
}
