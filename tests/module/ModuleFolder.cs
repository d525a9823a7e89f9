using Gptx.Help;
using Gptx.PowerShell;

namespace Gptx.Tests.Module;

/// <summary>The module as it is in the repository: its cmdlets, read without PowerShell, and its text files.</summary>
internal static class ModuleFolder
{
    public static string Path { get; } = System.IO.Path.Combine(GoldenRoot.RepositoryRoot, "module");

    public static string Packed { get; } = System.IO.Path.Combine(GoldenRoot.RepositoryRoot, "artifacts", "module", "Gptx");

    public static IReadOnlyList<CmdletFacts> Cmdlets { get; } = CmdletFacts.In(typeof(GptxCmdlet).Assembly);

    public static HelpFolder Help { get; } = HelpFolder.Read(System.IO.Path.Combine(GoldenRoot.RepositoryRoot, "docs", "en-US"));

    public static string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));
}
