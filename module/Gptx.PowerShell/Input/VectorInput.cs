using System.Management.Automation;
using Gptx.Analyses;
using Gptx.Jobs.Stores;

namespace Gptx.PowerShell;

/// <summary>Rows with vectors that a parameter names: a file, or objects.</summary>
internal static class VectorInput
{
    /// <summary>A single string or file is a file of vectors; anything else are objects with a property Vector.</summary>
    public static IVectorRows Rows(PSObject[] items, IReadOnlyList<string> keep, long maxMemory, Func<string, string> resolve)
    {
        if (File(items, resolve) is { } path)
        {
            return VectorRows.Open(path, keep, maxMemory);
        }

        var rows = new PipelineRows();
        foreach (var item in items)
        {
            _ = InputVector.Of(item, 0); // a text among them is said to be none
            rows.Add(item, null, null, keep);
        }

        return rows.Rows;
    }

    /// <summary>The full path of a file, or the address of a table, whose file is found from PowerShell's location too.</summary>
    public static string Resolve(string path, Func<string, string> resolve) => !StoreAddress.IsStore(path) ? resolve(path)
        : StoreAddress.Parse(path) is { File: { } file } table ? $"{resolve(file)}#{table.Table}"
        : path;

    /// <summary>The path of a single string or file; null where there is none.</summary>
    public static string? File(PSObject[] items, Func<string, string> resolve) => items is [{ BaseObject: var only }] ? only switch
    {
        string path => Resolve(path, resolve),
        FileInfo file => file.FullName,
        _ => null,
    }
    : null;
}
