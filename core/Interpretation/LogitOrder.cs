using System.Numerics.Tensors;

namespace Gptx.Interpretation;

/// <summary>Rows of logits in float64: their order and their distribution.</summary>
internal static class LogitOrder
{
    /// <summary>The ids with the largest logits, the largest first; of equal ones the smaller id.</summary>
    public static IReadOnlyList<int> Top(ReadOnlySpan<float> logits, int count)
    {
        var queue = new PriorityQueue<int, (float Logit, int Id)>();
        for (var id = 0; id < logits.Length; id++)
        {
            if (queue.Count < count)
            {
                queue.Enqueue(id, (logits[id], -id));
            }
            else if (count > 0 && (logits[id], -id).CompareTo((logits[queue.Peek()], -queue.Peek())) > 0)
            {
                queue.EnqueueDequeue(id, (logits[id], -id));
            }
        }

        var top = new int[queue.Count];
        for (var place = top.Length - 1; place >= 0; place--)
        {
            top[place] = queue.Dequeue();
        }

        return top;
    }

    /// <summary>ln of the softmax.</summary>
    public static double[] LogProbabilities(ReadOnlySpan<float> logits)
    {
        var logarithm = LogSumExp(logits);
        var result = new double[logits.Length];
        for (var id = 0; id < result.Length; id++)
        {
            result[id] = logits[id] - logarithm;
        }

        return result;
    }

    /// <summary>ln Σ exp.</summary>
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        double largest = TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        return largest + Math.Log(sum);
    }

    /// <summary>1 + the number of ids with a strictly greater logit.</summary>
    public static int RankOf(ReadOnlySpan<float> logits, int id)
    {
        var rank = 1;
        foreach (var logit in logits)
        {
            rank += logit > logits[id] ? 1 : 0;
        }

        return rank;
    }

    /// <summary>-Σ p ln p: nats.</summary>
    public static double Entropy(double[] logProbabilities)
    {
        var sum = 0.0;
        foreach (var value in logProbabilities)
        {
            sum -= Times(value, value);
        }

        return sum;
    }

    /// <summary>Σ p ln (p / q), where both are given as ln: nats.</summary>
    public static double Divergence(double[] p, double[] q)
    {
        var sum = 0.0;
        for (var id = 0; id < p.Length; id++)
        {
            sum += Times(p[id], p[id] - q[id]);
        }

        return sum;
    }

    private static double Times(double logProbability, double factor)
    {
        var probability = Math.Exp(logProbability);
        return probability == 0 ? 0 : probability * factor;
    }
}
