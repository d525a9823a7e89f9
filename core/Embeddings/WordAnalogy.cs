namespace Gptx.Embeddings;

/// <summary>a is to b as c is to what? The words nearest to b - a + c (Mikolov et al. 2013).</summary>
public static class WordAnalogy
{
    /// <summary>The words nearest to the sum of some words less others; the words themselves are left out.</summary>
    /// <param name="search">Where to look.</param>
    /// <param name="plus">Words to add, at least one.</param>
    /// <param name="minus">Words to take away.</param>
    /// <param name="top">How many, at least 1.</param>
    /// <param name="metric">What near means.</param>
    /// <param name="normalize">Whether each word's vector is first scaled to length 1, as word2vec and gensim do (default).</param>
    /// <param name="includeSelf">Whether the words themselves may be answers.</param>
    /// <param name="method">How words are scored; with 3CosMul the metric is not used.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static IReadOnlyList<NearWord> Find(
        WordSearch search,
        IReadOnlyList<string> plus,
        IReadOnlyList<string> minus,
        int top = 10,
        VectorMetric metric = VectorMetric.Cosine,
        bool normalize = true,
        bool includeSelf = false,
        AnalogyMethod method = AnalogyMethod.Add,
        CancellationToken cancellation = default)
    {
        if (plus.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "AnalogyEmpty", "an analogy needs at least one word to add, for example: king - man + woman");
        }

        var added = plus.Select(word => search.Table.OfWord(word)).ToList();
        var taken = minus.Select(word => search.Table.OfWord(word)).ToList();
        if (method == AnalogyMethod.Mul)
        {
            return search.Multiply(Expression(plus, minus), added, taken, includeSelf ? [] : [.. added, .. taken], top, cancellation);
        }

        float[] Scaled(TokenVector vector) => normalize ? UnitVector.Of(vector.Vector) : vector.Vector;
        var sum = VectorArithmetic.Combine([.. added.Select(Scaled)], [.. taken.Select(Scaled)]);
        TokenVector[] all = [.. added, .. taken];
        var query = new TokenVector(Expression(plus, minus), 0, [.. all.SelectMany(word => word.Tokens)], [.. all.SelectMany(word => word.Ids)], sum, added[0].Model);
        return search.Find(query, includeSelf ? [] : all, top, metric, cancellation);
    }

    /// <summary>Reads <c>king - man + woman</c>: the words to add and those to take away. A sign stands between spaces.</summary>
    /// <exception cref="GptxException"><c>AnalogyUnreadable</c>.</exception>
    public static (IReadOnlyList<string> Plus, IReadOnlyList<string> Minus) Parse(string expression)
    {
        var (plus, minus, target) = (new List<string>(), new List<string>(), default(List<string>));
        target = plus;
        var expectsWord = true;
        foreach (var (place, part) in expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            if (part is ("+" or "-") && (!expectsWord || place == 0))
            {
                target = part == "+" ? plus : minus;
                expectsWord = true;
            }
            else if (expectsWord && part is not ("+" or "-"))
            {
                target.Add(part);
                expectsWord = false;
            }
            else
            {
                throw Unreadable(expression);
            }
        }

        return expectsWord ? throw Unreadable(expression) : (plus, minus);
    }

    private static string Expression(IReadOnlyList<string> plus, IReadOnlyList<string> minus) =>
        string.Join(" + ", plus) + string.Concat(minus.Select(word => " - " + word));

    private static GptxException Unreadable(string expression) => new(
        GptxErrorKind.InvalidArgument, "AnalogyUnreadable", $"'{expression}' cannot be read: write words with + or - between them, for example: king - man + woman");
}
