using Gptx.Loader;

namespace Gptx.Tests.Module;

public class NativeLibraryPathTests
{
    [Theory]
    [InlineData("onnxruntime")]
    [InlineData("libonnxruntime")]
    public void Finds_the_native_library_of_this_system_by_absolute_path(string name)
    {
        var folder = Path.Combine(ModuleFolder.Packed, "bin");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "runtimes")), "the module has no native libraries for this system");
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.StartsWith("lib", StringComparison.Ordinal), "no such prefix on Windows");
        var path = NativeLibraryPath.Find(folder, name);
        Assert.True(File.Exists(path));
        Assert.True(Path.IsPathFullyQualified(path));
    }

    [Fact]
    public void Leaves_other_libraries_to_the_system() => Assert.Null(NativeLibraryPath.Find(ModuleFolder.Packed, "sqlite3"));
}
