namespace Gptx.Fuzzing;

/// <summary>Runs a target many times and notes what must not be: another error than ours, a case over its time, memory that grows.</summary>
/// <param name="Count">How many cases.</param>
/// <param name="Seed">What the cases are made of; case i of a seed is always the same.</param>
/// <param name="Longest">How much processor time a case may take.</param>
public sealed record FuzzRun(long Count, int Seed, TimeSpan Longest)
{
    /// <summary>How many cases were read without an error.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many cases were refused, by the error's id.</summary>
    public SortedDictionary<string, long> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>What went wrong: the number of the case and what happened.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>The longest case so far.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most bytes that a case allocated.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>The most that a case allocated as a share of what it may.</summary>
    public double MostOfAllowance { get; private set; }

    /// <summary>Runs the cases.</summary>
    /// <param name="target">What is tested.</param>
    /// <param name="first">The number of the first case.</param>
    /// <param name="folder">Where the inputs of findings are written; null: nowhere.</param>
    /// <param name="progress">Called after each case.</param>
    public void Run(IFuzzTarget target, long first = 0, string? folder = null, Action<long>? progress = null)
    {
        for (long i = first; i < first + Count && Findings.Count < 20; i++)
        {
            FuzzCase test = target.Next(new Random(HashCode(Seed, i)));
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan started = Environment.CpuUsage.TotalTime;
            string? finding = Try(test);
            TimeSpan time = Environment.CpuUsage.TotalTime - started;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (time > Longest)
            {
                // The runtime compiles and collects beside it: what is slow is slow again.
                started = Environment.CpuUsage.TotalTime;
                Try(test);
                time = Environment.CpuUsage.TotalTime - started;
            }

            Slowest = time > Slowest ? time : Slowest;
            MostAllocated = Math.Max(MostAllocated, allocated);
            long allowed = target.Memory.For(test.Input.Length);
            MostOfAllowance = Math.Max(MostOfAllowance, (double)allocated / allowed);
            finding ??= time > Longest ? $"took {time.TotalSeconds:F2} s" : allocated > allowed ? $"allocated {allocated:N0} bytes for {test.Input.Length:N0}" : null;
            if (finding is not null)
            {
                Findings.Add($"case {i} of seed {Seed}: {finding}");
                Keep(test, folder, i);
            }

            progress?.Invoke(i);
        }
    }

    // Mixes both numbers, in the same way in each process.
    private static int HashCode(int seed, long number)
    {
        ulong mixed = unchecked(((ulong)(uint)seed * 0x9E37_79B9_7F4A_7C15UL) + ((ulong)number * 0xBF58_476D_1CE4_E5B9UL));
        return (int)((mixed ^ (mixed >> 29)) >> 3 & int.MaxValue);
    }

    private static void Keep(FuzzCase test, string? folder, long number)
    {
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"case-{number}"), test.Input);
        }
    }

    private string? Try(FuzzCase test)
    {
        try
        {
            test.Run();
            Accepted++;
            return null;
        }
        catch (GptxException error)
        {
            Refused[error.ErrorId] = Refused.GetValueOrDefault(error.ErrorId) + 1;
            return error.Message.Contains('\n', StringComparison.Ordinal) ? $"an error of several lines: {error.Message}" : null;
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }
}
