using System.Reflection;
using System.Runtime.Loader;

namespace Gptx.Help;

/// <summary>An assembly that is only looked at: what it needs lies beside it, or beside this program.</summary>
internal static class AssemblyFile
{
    public static Assembly Load(string path)
    {
        var file = Path.GetFullPath(path);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var beside = Path.Combine(Path.GetDirectoryName(file)!, name.Name + ".dll");
            return File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
        };
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
    }
}
