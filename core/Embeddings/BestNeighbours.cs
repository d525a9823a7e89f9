namespace Gptx.Embeddings;

/// <summary>The best k of what is offered, in a heap whose head is the worst of them. Better score first, then lower index: no two rows are equal, so the order of offers does not matter.</summary>
internal sealed class BestNeighbours(int capacity, VectorMetric metric)
{
    private readonly int _sign = metric == VectorMetric.Euclidean ? -1 : 1;
    private readonly PriorityQueue<Neighbour, (double Goodness, int MinusIndex)> _heap = new();
    private double _worst = double.NegativeInfinity;

    /// <summary>The score that another row must reach to come in; null while there is room.</summary>
    public double? Worst => _heap.Count < capacity ? null : _sign * _worst;

    public void Offer(int index, double score)
    {
        double goodness = _sign * score;
        if (_heap.Count < capacity)
        {
            _heap.Enqueue(new Neighbour(index, score), (goodness, -index));
        }
        else if (goodness > _worst || (goodness == _worst && index < _heap.Peek().Index))
        {
            _heap.EnqueueDequeue(new Neighbour(index, score), (goodness, -index));
        }
        else
        {
            return;
        }

        _worst = _sign * _heap.Peek().Score;
    }

    public void OfferAll(BestNeighbours other)
    {
        foreach ((Neighbour neighbour, _) in other._heap.UnorderedItems)
        {
            Offer(neighbour.Index, neighbour.Score);
        }
    }

    /// <summary>Best first; empties the heap.</summary>
    public Neighbour[] Take()
    {
        var neighbours = new Neighbour[_heap.Count];
        for (int place = neighbours.Length - 1; place >= 0; place--)
        {
            neighbours[place] = _heap.Dequeue();
        }

        return neighbours;
    }
}
