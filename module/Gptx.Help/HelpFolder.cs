namespace Gptx.Help;

/// <summary>The pages of a language: one a cmdlet, what their parameters share, and the about topics.</summary>
/// <param name="Pages">The pages of cmdlets, by name.</param>
/// <param name="Shared">The help of shared parameters, by name.</param>
/// <param name="About">The about topics.</param>
public sealed record HelpFolder(
    IReadOnlyDictionary<string, HelpPage> Pages, IReadOnlyDictionary<string, IReadOnlyList<HelpBlock>> Shared, IReadOnlyList<AboutTopic> About)
{
    private const string SharedFile = "shared-parameters.md";
    private const string AboutPrefix = "about_";

    /// <summary>Reads all pages of a folder.</summary>
    /// <exception cref="HelpPageException">One is not as pages are, or is named otherwise than its cmdlet.</exception>
    public static HelpFolder Read(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).ToLookup(file => Path.GetFileName(file) switch
        {
            SharedFile => SharedFile,
            var name when name.StartsWith(AboutPrefix, StringComparison.Ordinal) => AboutPrefix,
            _ => "",
        });
        return new HelpFolder(
            files[""].Select(Page).ToDictionary(page => page.Name, StringComparer.Ordinal),
            files[SharedFile].SelectMany(file => HelpPage.Named(PageReader.Read(file))).ToDictionary(StringComparer.Ordinal),
            [.. files[AboutPrefix].Select(file => new AboutTopic(PageReader.Read(file)))]);
    }

    /// <summary>The help of a cmdlet's parameter; null if there is none.</summary>
    public IReadOnlyList<HelpBlock>? OfParameter(string cmdlet, string parameter) =>
        !Pages.TryGetValue(cmdlet, out var page) ? null
        : page.Parameters.TryGetValue(parameter, out var own) ? own
        : page.Shared.Contains(parameter, StringComparer.Ordinal) ? Shared.GetValueOrDefault(parameter)
        : null;

    private static HelpPage Page(string file)
    {
        var page = new HelpPage(file, PageReader.Read(file));
        return page.Name == Path.GetFileNameWithoutExtension(file) ? page : throw new HelpPageException($"{file}: the page is called {page.Name}");
    }
}
