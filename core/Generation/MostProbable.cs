namespace Gptx.Generation;

/// <summary>The order of tokens by logit, largest first, lower id first among equals.</summary>
internal static class MostProbable
{
    /// <summary>The first <paramref name="count"/> ids of the order.</summary>
    public static int[] Ids(ReadOnlySpan<float> logits, int count)
    {
        if (count == 0)
        {
            return [];
        }

        // The worst of the best is at the head: smallest logit, then highest id.
        var best = new PriorityQueue<int, (float Logit, int MinusId)>(count);
        for (int id = 0; id < logits.Length; id++)
        {
            if (best.Count < count)
            {
                best.Enqueue(id, (logits[id], -id));
            }
            else if (logits[id] > logits[best.Peek()])
            {
                best.EnqueueDequeue(id, (logits[id], -id));
            }
        }

        int[] ids = new int[best.Count];
        for (int place = ids.Length - 1; place >= 0; place--)
        {
            ids[place] = best.Dequeue();
        }

        return ids;
    }

    /// <summary>1 for the first of the order.</summary>
    public static int Rank(ReadOnlySpan<float> logits, int id)
    {
        float own = logits[id];
        int rank = 1;
        for (int other = 0; other < logits.Length; other++)
        {
            rank += logits[other] > own || (logits[other] == own && other < id) ? 1 : 0;
        }

        return rank;
    }
}
