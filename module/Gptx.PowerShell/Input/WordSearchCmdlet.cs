using System.Management.Automation;
using Gptx.Embeddings;

namespace Gptx.PowerShell;

/// <summary>A cmdlet that searches the words of a model's vocabulary, or of a list.</summary>
public abstract class WordSearchCmdlet : WordTableCmdlet
{
    private readonly Dictionary<string, WordSearch> _searches = new(StringComparer.Ordinal);

    /// <summary>How many words to find. Default 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 10;

    /// <summary>What near means: Cosine (default), Dot or Euclidean.</summary>
    [Parameter]
    public VectorMetric Metric { get; set; }

    /// <summary>Searches these words in place of the vocabulary; a word of several tokens is their mean. A file is a list with a word a line.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Words")]
    public PSObject[]? WordList { get; set; }

    /// <summary>Searches every token, not only those that begin a word.</summary>
    [Parameter]
    public SwitchParameter AllToken { get; set; }

    /// <summary>Lets the words that are asked about be among the answers.</summary>
    [Parameter]
    public SwitchParameter IncludeSelf { get; set; }

    /// <summary>The search in -Vectors, or in a model.</summary>
    protected WordSearch Search(string model)
    {
        if (Vectors is not null)
        {
            return FileSearch();
        }

        if (!_searches.TryGetValue(model, out var search))
        {
            var opened = OpenModel(model);
            ForCommand(model, () => search = WordList is null
                ? new WordSearch(opened, AllToken ? WordScope.AllTokens : WordScope.Words)
                : new WordSearch(opened, WordList.SelectMany(Listed)));
            _searches.Add(model, search!);
        }

        return search!;
    }

    private WordSearch FileSearch()
    {
        if (!_searches.TryGetValue(Vectors!, out var search))
        {
            var vectors = ReadVectors();
            ForCommand(Vectors, () => search = WordList is null ? new WordSearch(vectors) : new WordSearch(vectors, WordList.SelectMany(Listed)));
            _searches.Add(Vectors!, search!);
        }

        return search!;
    }

    private static IEnumerable<string> Listed(PSObject item) =>
        item.BaseObject is FileInfo ? InputText.Of(item, property: null).Split('\n', StringSplitOptions.TrimEntries) : [InputText.Of(item, property: null)];
}
