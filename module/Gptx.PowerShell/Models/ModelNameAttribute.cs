using System.Management.Automation;
using Gptx.Inference;

namespace Gptx.PowerShell;

/// <summary>Lets a parameter that names a model take what stands for one: a model's summary, a folder, or any object with a property Model.</summary>
public sealed class ModelNameAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var item = inputData is PSObject wrapped ? wrapped : inputData is null ? null : PSObject.AsPSObject(inputData);
        return item?.BaseObject switch
        {
            null => inputData,
            string name => name,
            ModelSummary summary => summary.Name,
            FileSystemInfo path => path.FullName,
            _ => item.Properties["Model"]?.Value as string ?? throw new ArgumentTransformationMetadataException(
                $"a {item.BaseObject.GetType().Name} names no model: give a name, a folder, what Get-LanguageModel gives, or an object with a property Model"),
        };
    }
}
