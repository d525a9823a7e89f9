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
    private readonly NearestSearch _search;
    private readonly IReadOnlyCollection<int>? _among;
    private readonly IReadOnlyList<TokenVector>? _listed;

    /// <summary>A search among the tokens of a model.</summary>
    public WordSearch(LanguageModel model, WordScope scope = WordScope.Words)
    {
        var table = new EmbeddingTable(model);
        Table = table;
        _search = new NearestSearch(Table.Vectors);
        _among = scope == WordScope.AllTokens || model.Tokenizer is null ? null : [.. table.WordRows];
    }

    /// <summary>A search among the words of a list; a word of several tokens is their mean.</summary>
    /// <exception cref="GptxException"><c>WordListEmpty</c>.</exception>
    public WordSearch(LanguageModel model, IEnumerable<string> words)
        : this(new EmbeddingTable(model), words)
    {
    }

    /// <summary>A search among all words of a file of vectors.</summary>
    public WordSearch(WordVectors vectors)
    {
        Table = vectors;
        _search = new NearestSearch(Table.Vectors);
    }

    /// <summary>A search among the words of a list, which the table must have.</summary>
    /// <exception cref="GptxException"><c>WordListEmpty</c>; <c>WordUnknown</c>.</exception>
    public WordSearch(IWordTable table, IEnumerable<string> words)
    {
        Table = table;
        _listed = [.. words.Where(word => !string.IsNullOrWhiteSpace(word)).Distinct(StringComparer.Ordinal).Select((word, index) => Table.OfWord(word, index))];
        if (_listed.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "WordListEmpty", "the list of words to search is empty: give one word a line");
        }

        _search = new NearestSearch(VectorTable.FromRows([.. _listed.Select(vector => vector.Vector)]));
    }

    /// <summary>The words and their vectors.</summary>
    public IWordTable Table { get; }

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
        CheckModel(query);

        var options = new NearestOptions { Top = top, Metric = metric, Among = _among, Exclude = without.SelectMany(Rows).ToHashSet() };
        return [.. _search.Find(query.Vector, options, cancellation).Select((found, rank) => new NearWord(
            query.Text, query.Index, rank + 1, Word(found.Index), Id(found.Index), found.Score, metric, Table.Name))];
    }

    /// <summary>The words of largest 3CosMul score.</summary>
    internal IReadOnlyList<NearWord> Multiply(
        string expression, IReadOnlyList<TokenVector> plus, IReadOnlyList<TokenVector> minus, IReadOnlyList<TokenVector> without, int top, CancellationToken cancellation)
    {
        TokenVector[] words = [.. plus, .. minus];
        Array.ForEach(words, CheckModel);
        var own = without.SelectMany(Rows).ToHashSet();
        int[] rows = [.. (_listed is null ? _among ?? Enumerable.Range(0, Table.Vectors.Count) : Enumerable.Range(0, _listed.Count)).Where(row => !own.Contains(row))];
        var searched = _listed is null ? Table.Vectors : VectorTable.FromRows([.. _listed.Select(vector => vector.Vector)]);
        var scores = new MultiplicativeScores(searched, rows).Of(plus, minus, cancellation);
        var best = new BestNeighbours(top, VectorMetric.Dot);
        for (var place = 0; place < rows.Length; place++)
        {
            best.Offer(rows[place], scores[place]);
        }

        return [.. best.Take().Select((found, rank) => new NearWord(
            expression, 0, rank + 1, Word(found.Index), Id(found.Index), found.Score, VectorMetric.Cosine, Table.Name))];
    }

    private void CheckModel(TokenVector query)
    {
        if (query.Model != Table.Name)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "ModelMismatch",
                $"the vector of '{query.Text}' is of model '{query.Model}', not of '{Table.Name}': vectors of two models cannot be compared");
        }
    }

    /// <summary>The rows that are a vector's own: its tokens, or the words of the list with the same tokens.</summary>
    private IEnumerable<int> Rows(TokenVector own) => _listed is null
        ? own.Ids
        : _listed.Index().Where(listed => listed.Item.Ids.SequenceEqual(own.Ids)).Select(listed => listed.Index);

    private string Word(int index) => _listed is null ? Table.RowText(index) : _listed[index].Text;

    private int? Id(int index) => _listed is null ? index : _listed[index].Id;
}
