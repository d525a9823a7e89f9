using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gptx.Tests.Module;

/// <summary>Manifest and views say what the assembly has.</summary>
public partial class ModuleFileTests
{
    [Fact]
    public void The_manifest_exports_the_cmdlets_that_there_are()
    {
        var exported = CmdletList().Match(ModuleFolder.Read("Gptx.psd1")).Groups["list"].Value;
        Assert.Equal(
            ModuleFolder.Cmdlets.Select(cmdlet => cmdlet.Name),
            Quoted().Matches(exported).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("PowerShellVersion      = '7.6'")]
    [InlineData("CompatiblePSEditions   = @('Core')")]
    [InlineData("RootModule             = 'Gptx.psm1'")]
    [InlineData("FormatsToProcess       = @('Gptx.format.ps1xml')")]
    public void The_manifest_says(string line) => Assert.Contains(line, ModuleFolder.Read("Gptx.psd1"), StringComparison.Ordinal);

    [Fact]
    public void The_manifest_has_the_version_of_the_library()
    {
        var version = typeof(GptxException).Assembly.GetName().Version!.ToString(3);
        Assert.Contains($"ModuleVersion          = '{version}'", ModuleFolder.Read("Gptx.psd1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_that_a_cmdlet_writes_has_a_view_of_properties_that_it_has()
    {
        var views = XDocument.Parse(ModuleFolder.Read("Gptx.format.ps1xml")).Descendants("View").ToLookup(view => view.Descendants("TypeName").Single().Value);
        foreach (var type in ModuleFolder.Cmdlets.SelectMany(cmdlet => cmdlet.OutputTypes).Where(type => type.Namespace!.StartsWith("Gptx", StringComparison.Ordinal)).Distinct())
        {
            Assert.True(views.Contains(type.FullName!), $"{type.FullName} has no view");
            Assert.All(views[type.FullName!].Descendants("PropertyName"), property => Assert.True(type.GetProperty(property.Value) is not null, $"{type} has no {property.Value}"));
            Assert.All(
                views[type.FullName!].Descendants("ScriptBlock").SelectMany(script => OfItem().Matches(script.Value)),
                match => Assert.True(type.GetProperty(match.Groups["name"].Value) is not null || match.Value.Contains("Compared", StringComparison.Ordinal) || match.Value.Contains("Passed", StringComparison.Ordinal), $"{type} has no {match.Groups["name"].Value}"));
        }
    }

    [Fact]
    public void Numbers_in_tables_are_right_aligned_and_columns_have_headers()
    {
        foreach (var table in XDocument.Parse(ModuleFolder.Read("Gptx.format.ps1xml")).Descendants("TableControl"))
        {
            var headers = table.Descendants("TableColumnHeader").ToList();
            var items = table.Descendants("TableColumnItem").ToList();
            Assert.Equal(headers.Count, items.Count);
            Assert.All(
                headers.Zip(items).Where(column => column.Second.Element("FormatString") is not null),
                column => Assert.Equal("Right", column.First.Element("Alignment")!.Value));
        }
    }

    [Theory]
    [InlineData("Gptx.psd1")]
    [InlineData("Gptx.psm1")]
    [InlineData("Gptx.format.ps1xml")]
    [InlineData("bin/Gptx.Loader.dll")]
    [InlineData("bin/Gptx.PowerShell.dll")]
    [InlineData("bin/Gptx.Core.dll")]
    [InlineData("bin/models/default-v1/model.safetensors")]
    [InlineData("bin/runtimes/linux-x64/native/libe_sqlite3.so")]
    [InlineData("bin/runtimes/linux-arm64/native/libe_sqlite3.so")]
    [InlineData("bin/runtimes/osx-arm64/native/libe_sqlite3.dylib")]
    [InlineData("bin/runtimes/win-x64/native/e_sqlite3.dll")]
    [InlineData("bin/runtimes/win-arm64/native/e_sqlite3.dll")]
    public void The_packed_module_has(string file) => Assert.True(File.Exists(Path.Combine(ModuleFolder.Packed, file)), $"{file} is not in the packed module");

    [Fact]
    public void The_packed_module_brings_no_PowerShell_along() =>
        Assert.False(File.Exists(Path.Combine(ModuleFolder.Packed, "bin", "System.Management.Automation.dll")));

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\((?<list>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CmdletList();

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$_\.(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfItem();
}
