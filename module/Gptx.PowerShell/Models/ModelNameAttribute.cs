using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Lets a parameter that names a model take what stands for one: a model's summary, a folder, or any object with a property Model.</summary>
public sealed class ModelNameAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData is null ? null : Name(inputData)
        ?? throw new ArgumentTransformationMetadataException(
            $"a {PSObject.AsPSObject(inputData).BaseObject.GetType().Name} names no model: give a name, a folder, what Get-LanguageModel gives, or an object with a property Model");

    /// <summary>The name of the model that a value stands for; null if it stands for none.</summary>
    internal static string? Name(object value)
    {
        var item = PSObject.AsPSObject(value);
        return item.BaseObject switch
        {
            string name => name,
            ModelSummary summary => summary.Name,
            FileSystemInfo path => path.FullName,
            _ => item.Properties["Model"]?.Value as string,
        };
    }
}
