using System.Runtime.InteropServices;

namespace Gptx.Loader;

/// <summary>Where the module keeps native libraries: <c>runtimes/&lt;rid&gt;/native</c>, always by absolute path. By name alone Windows finds an onnxruntime.dll of its own.</summary>
internal static class NativeLibraryPath
{
    /// <summary>The path of a native library, or null if the module has none of that name for this system.</summary>
    /// <param name="folder">The folder of the module's assemblies.</param>
    /// <param name="name">The name as code asks for it, with or without prefix and extension.</param>
    public static string? Find(string folder, string name)
    {
        var native = Path.Combine(folder, "runtimes", RuntimeName(), "native");
        return FileNames(name).Select(file => Path.Combine(native, file)).FirstOrDefault(File.Exists);
    }

    private static string RuntimeName()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }

    private static IEnumerable<string> FileNames(string name)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [name, name + extension, "lib" + name, "lib" + name + extension];
    }
}
