using Gptx.Inference;

namespace Gptx.Embeddings;

/// <summary>Which words are searched.</summary>
public enum WordScope
{
    /// <summary>Tokens that begin a word.</summary>
    Words,

    /// <summary>Every token.</summary>
    AllTokens,
}

/// <summary>Finds the words of a model's vocabulary, or of a list, whose vectors are nearest to a vector.</summary>
public sealed class WordSearch
{
    private readonly LanguageModel _model;
    private readonly NearestSearch _search;
    private readonly IReadOnlyCollection<int>? _among;
    private readonly IReadOnlyList<TokenVector>? _listed;

    /// <summary>A search among the tokens of a model.</summary>
    public WordSearch(LanguageModel model, WordScope scope = WordScope.Words)
    {
        _model = model;
        Table = new EmbeddingTable(model);
        _search = new NearestSearch(Table.Vectors);
        _among = scope == WordScope.AllTokens || model.Tokenizer is not { } tokenizer
            ? null
            : [.. Enumerable.Range(0, Table.Vectors.Count).Where(tokenizer.Vocabulary.BeginsWord)];
    }

    /// <summary>A search among the words of a list; a word of several tokens is their mean.</summary>
    /// <exception cref="GptxException"><c>WordListEmpty</c>.</exception>
    public WordSearch(LanguageModel model, IEnumerable<string> words)
    {
        _model = model;
        Table = new EmbeddingTable(model);
        _listed = [.. words.Where(word => !string.IsNullOrWhiteSpace(word)).Distinct(StringComparer.Ordinal).Select((word, index) => Table.OfWord(word, index))];
        if (_listed.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "WordListEmpty", "the list of words to search is empty: give one word a line");
        }

        _search = new NearestSearch(VectorTable.FromRows([.. _listed.Select(vector => vector.Vector)]));
    }

    /// <summary>The model's token embeddings.</summary>
    public EmbeddingTable Table { get; }

    /// <summary>The words nearest to a vector.</summary>
    /// <param name="query">The vector; it must be of this model.</param>
    /// <param name="top">How many, at least 1.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="includeSelf">Whether the query's own tokens may be among its neighbours.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="GptxException"><c>ModelMismatch</c>: the vector is another model's; <c>WidthMismatch</c>.</exception>
    public IReadOnlyList<NearWord> Find(
        TokenVector query, int top = 10, VectorMetric metric = VectorMetric.Cosine, bool includeSelf = false, CancellationToken cancellation = default) =>
        Find(query, includeSelf ? [] : [query], top, metric, cancellation);

    /// <summary>The words nearest to a vector, without those of some other vectors.</summary>
    internal IReadOnlyList<NearWord> Find(TokenVector query, IReadOnlyList<TokenVector> without, int top, VectorMetric metric, CancellationToken cancellation)
    {
        if (query.Model != _model.Name)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "ModelMismatch",
                $"the vector of '{query.Text}' is of model '{query.Model}', not of '{_model.Name}': vectors of two models cannot be compared");
        }

        var options = new NearestOptions { Top = top, Metric = metric, Among = _among, Exclude = without.SelectMany(Rows).ToHashSet() };
        return [.. _search.Find(query.Vector, options, cancellation).Select((found, rank) => new NearWord(
            query.Text, query.Index, rank + 1, Word(found.Index), Id(found.Index), found.Score, metric, _model.Name))];
    }

    /// <summary>The rows that are a vector's own: its tokens, or the words of the list with the same tokens.</summary>
    private IEnumerable<int> Rows(TokenVector own) => _listed is null
        ? own.Ids
        : _listed.Index().Where(listed => listed.Item.Ids.SequenceEqual(own.Ids)).Select(listed => listed.Index);

    private string Word(int index) => _listed is null ? _model.TokenText(index).TrimStart(' ') : _listed[index].Text;

    private int? Id(int index) => _listed is null ? index : _listed[index].Id;
}
