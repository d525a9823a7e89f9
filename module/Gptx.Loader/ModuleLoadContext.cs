using System.Reflection;
using System.Runtime.Loader;

namespace Gptx.Loader;

/// <summary>
/// Where the module's assemblies live: a load context of their own, so that another module may bring other versions of the same
/// libraries into the same PowerShell. What is not in the module's folder (PowerShell and .NET themselves) comes from PowerShell's.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private const string CmdletAssembly = "Gptx.PowerShell";
    private static readonly Lazy<Assembly> Cmdlets = new(() => new ModuleLoadContext().LoadFromAssemblyName(new AssemblyName(CmdletAssembly)));
    private readonly string _folder = Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;

    private ModuleLoadContext()
        : base("Gptx")
    {
    }

    /// <summary>The assembly with the cmdlets, loaded once a process: importing the module again takes the same.</summary>
    public static Assembly LoadCmdlets() => Cmdlets.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        NativeLibraryPath.Find(_folder, unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
