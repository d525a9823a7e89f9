namespace Gptx.Help;

/// <summary>Compiles the pages of a folder: <c>Gptx.Help PAGES ASSEMBLY OUTPUT</c>.</summary>
public static class Program
{
    /// <summary>Writes the help of an assembly's cmdlets, and the about topics, into a folder.</summary>
    /// <returns>0, or 1 if the pages cannot be compiled.</returns>
    public static int Main(string[] args)
    {
        if (args is not [var pages, var assembly, var output])
        {
            Console.Error.WriteLine("usage: Gptx.Help PAGES ASSEMBLY OUTPUT");
            return 1;
        }

        try
        {
            var folder = HelpFolder.Read(pages);
            Directory.CreateDirectory(output);
            MamlFile.Of(folder, CmdletFacts.In(AssemblyFile.Load(assembly))).Save(Path.Combine(output, Path.GetFileName(assembly) + "-Help.xml"));
            foreach (var about in folder.About)
            {
                File.WriteAllText(Path.Combine(output, about.Name + ".help.txt"), about.Text);
            }

            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or HelpPageException)
        {
            // The form in which MSBuild knows an error for what it is.
            Console.Error.WriteLine($"Gptx.Help : error HELP001: {error.Message}");
            return 1;
        }
    }
}
