namespace Gptx.Embeddings;

/// <summary>Finds among vectors of one's own those nearest to a vector.</summary>
public sealed class VectorSearch
{
    private readonly IReadOnlyList<LabelledVector> _vectors;
    private readonly NearestSearch _search;

    /// <summary>A search among these vectors; they must be of one width and, where that is known, of one model.</summary>
    /// <exception cref="GptxException"><c>VectorListEmpty</c>, <c>WidthMismatch</c>, <c>ModelMismatch</c>.</exception>
    public VectorSearch(IReadOnlyList<LabelledVector> vectors)
    {
        if (vectors.Count == 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "VectorListEmpty", "there are no vectors to search");
        }

        _vectors = vectors;
        foreach (var vector in vectors)
        {
            CheckModel(vector);
        }

        _search = new NearestSearch(VectorTable.FromRows([.. vectors.Select(vector => vector.Vector)]));
    }

    /// <summary>The vectors nearest to a query; those with the query's own text are left out unless <paramref name="includeSelf"/>.</summary>
    /// <exception cref="GptxException"><c>ModelMismatch</c>, <c>WidthMismatch</c>.</exception>
    public IReadOnlyList<NearVector> Find(
        LabelledVector query, int index = 0, int top = 10, VectorMetric metric = VectorMetric.Cosine, bool includeSelf = false, CancellationToken cancellation = default)
    {
        CheckModel(query);
        HashSet<int>? own = includeSelf ? null : [.. _vectors.Index().Where(vector => vector.Item.Text == query.Text).Select(vector => vector.Index)];
        var found = _search.Find(query.Vector, new NearestOptions { Top = top, Metric = metric, Exclude = own }, cancellation);
        return [.. found.Select((near, rank) => new NearVector(query.Text, index, rank + 1, _vectors[near.Index].Text, near.Index, near.Score, metric))];
    }

    private void CheckModel(LabelledVector vector)
    {
        var known = _vectors.FirstOrDefault(other => other.Model is not null)?.Model;
        if (vector.Model is not null && known is not null && vector.Model != known)
        {
            throw new GptxException(
                GptxErrorKind.InvalidArgument,
                "ModelMismatch",
                $"the vector of '{vector.Text}' is of model '{vector.Model}', the others of '{known}': vectors of two models cannot be compared");
        }
    }
}
