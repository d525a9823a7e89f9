using System.Runtime.ExceptionServices;

namespace Gptx.Tokenization;

/// <summary>Does something for each of several texts on several threads. Results and errors do not depend on the number of threads.</summary>
internal static class ParallelTexts
{
    /// <summary>The results, in the order of the texts; of several errors the one of the first text is thrown.</summary>
    /// <param name="count">How many texts there are.</param>
    /// <param name="threads">The most threads at a time; 0: as many as there are processors.</param>
    /// <param name="encode">What is done for the text of an index.</param>
    public static T[] Map<T>(int count, int threads, Func<int, T> encode)
    {
        var results = new T[count];
        if (count <= 1 || threads == 1)
        {
            for (int i = 0; i < count; i++)
            {
                results[i] = encode(i);
            }

            return results;
        }

        var gate = new Lock();
        int failed = int.MaxValue;
        ExceptionDispatchInfo? error = null;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount }, i =>
        {
            if (i > Volatile.Read(ref failed))
            {
                return;
            }

            try
            {
                results[i] = encode(i);
            }
            catch (GptxException problem)
            {
                lock (gate)
                {
                    if (i < failed)
                    {
                        (failed, error) = (i, ExceptionDispatchInfo.Capture(problem));
                    }
                }
            }
        });
        error?.Throw();
        return results;
    }
}
