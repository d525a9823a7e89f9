namespace Gptx.Embeddings;

/// <summary>Queries as they are looked up with: float32 one after another, and widened, with their norms.</summary>
internal sealed class QueryBatch
{
    private readonly float[] _singles;
    private readonly PaddedVectors _doubles;
    private readonly double[] _norms;
    private readonly int _width;

    public QueryBatch(VectorTable queries, int first, int count)
    {
        Count = count;
        _width = queries.Width;
        _singles = new float[(long)count * _width];
        _doubles = new PaddedVectors(count, _width);
        _norms = new double[count];
        float[] scratch = new float[_width];
        for (int query = 0; query < count; query++)
        {
            ReadOnlySpan<float> vector = queries.Row(first + query, scratch);
            VectorChecks.Finite(vector, queries.Count == 1 ? "the query" : $"query {first + query}");
            vector.CopyTo(_singles.AsSpan(query * _width));
            _doubles.Set(query, vector);
            _norms[query] = MetricScore.Norm(_doubles.From(query));
        }
    }

    public int Count { get; }

    public ReadOnlySpan<float> Singles(int first, int count) => _singles.AsSpan(first * _width, count * _width);

    public ReadOnlySpan<double> Doubles(int query) => _doubles.From(query);

    public double Norm(int query) => _norms[query];
}
