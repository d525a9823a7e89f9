namespace Gptx.Tests.Docs;

/// <summary>
/// The tables of docs/models.md that test runs write: the lines between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- /NAME --&gt;</c>. Nothing is written
/// but where GPTX_WRITE_DOCS is set.
/// </summary>
internal static class ModelsPage
{
    private static readonly Lock Writing = new();

    /// <summary>Puts the rows into the table of that name, below its two header lines.</summary>
    public static void WriteTable(string name, IEnumerable<string> rows)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GPTX_WRITE_DOCS")))
        {
            return;
        }

        lock (Writing)
        {
            var path = Path.Join(GoldenRoot.RepositoryRoot, "docs", "models.md");
            var lines = File.ReadAllLines(path).ToList();
            var first = lines.IndexOf($"<!-- {name} -->") + 3;
            var last = lines.IndexOf($"<!-- /{name} -->");
            Assert.True(first > 2 && last >= first, $"docs/models.md has no table '{name}'");
            File.WriteAllLines(path, [.. lines[..first], .. rows, .. lines[last..]]);
        }
    }
}
