using System.CommandLine;
using System.Text;
using Gptx.Embeddings;
using Gptx.Inference;

namespace Gptx.Tool.Options;

/// <summary>Among which words is searched, and what near means.</summary>
internal sealed class SearchArguments
{
    private readonly Option<int?> _top = Numbers.Whole("--top", "How many neighbours (default 10).");
    private readonly Option<VectorMetric?> _metric = Choice.Of<VectorMetric>("--metric", "What near means (default cosine).");
    private readonly Option<bool> _allTokens = new("--all-tokens") { Description = "Search every token, not those alone that begin a word." };
    private readonly Option<bool> _includeSelf = new("--include-self") { Description = "The query itself may be among the answers." };

    private readonly Option<string?> _words = new("--words")
    {
        Description = "Search the words of a list, one a line; a word of several tokens is their mean.",
        HelpName = "FILE",
    };

    public SearchArguments(Command command)
    {
        command.Options.Add(_top);
        command.Options.Add(_metric);
        command.Options.Add(_allTokens);
        command.Options.Add(_words);
        command.Options.Add(_includeSelf);
    }

    public int Top(Invocation run) => run.Get(_top) ?? 10;

    public VectorMetric Metric(Invocation run) => run.Get(_metric) ?? VectorMetric.Cosine;

    public bool IncludeSelf(Invocation run) => run.Get(_includeSelf);

    /// <summary>The words to search.</summary>
    public WordSearch Among(Invocation run, LanguageModel model) => run.Get(_words) is { } path
        ? new WordSearch(model, ReadWords(path))
        : new WordSearch(model, run.Get(_allTokens) ? WordScope.AllTokens : WordScope.Words);

    /// <summary>The words of a file of vectors to search.</summary>
    public WordSearch Among(Invocation run, WordVectors vectors) => run.Get(_words) is { } path
        ? new WordSearch(vectors, ReadWords(path))
        : new WordSearch(vectors);

    private static string[] ReadWords(string path)
    {
        try
        {
            return File.ReadAllLines(path, Encoding.UTF8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "InputNotReadable", $"--words {path} cannot be read: it does not exist, or access is denied", error);
        }
    }
}
