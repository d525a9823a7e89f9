using Gptx.Jobs;

namespace Gptx.Faults;

/// <summary>
/// Kills jobs at random moments, resumes each until it is finished, and compares what it made with what a job makes that was never stopped: every file byte by byte, of a
/// database every table row by row, and no file more.
/// </summary>
/// <param name="gptx">The program.</param>
/// <param name="rows">How many rows the input has.</param>
/// <param name="seed">What rows and moments are drawn from.</param>
public sealed class KillRun(string gptx, int rows, int seed)
{
    private static readonly string[] Commands = ["embed", "score"];

    private readonly Random _random = new(seed);

    /// <summary>Kills by what the job was doing.</summary>
    public SortedDictionary<JobPhase, int> Kills { get; } = [];

    /// <summary>Jobs that were finished and compared, by command and kind of output.</summary>
    public SortedDictionary<string, int> Finished { get; } = new(StringComparer.Ordinal);

    /// <summary>Where what a job made was not what it should be.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Processor time that all lives of all jobs took beyond that of starting, divided by that of as many jobs that were never stopped.</summary>
    public double Work => _work / _workOfWhole;

    private double _work;
    private double _workOfWhole;

    /// <summary>Kills so many times, in jobs of each command and each kind of output by turns, and ends with the last of them finished.</summary>
    /// <param name="kills">How many kills.</param>
    /// <param name="kinds">Endings of outputs; null: all that there are.</param>
    /// <param name="progress">Told after each job.</param>
    public void Run(int kills, IReadOnlyList<string>? kinds = null, Action? progress = null)
    {
        using var folder = new FaultFolder();
        KilledJob[] jobs = [.. Commands.SelectMany(command => (kinds ?? [.. TextJob.OutputKinds(command), OutputFiles.DatabaseEnding]).Select(kind => new KilledJob(gptx, command, kind, folder, rows, seed)))];
        for (var i = 0; Kills.Values.Sum() < kills; i++)
        {
            var job = jobs[i % jobs.Length];
            job.Begin();
            var resumed = 0;
            while (job.Live(Moment(job)) is { } phase)
            {
                Kills[phase] = Kills.GetValueOrDefault(phase) + 1;
                resumed++;
            }

            Finished[job.Name] = Finished.GetValueOrDefault(job.Name) + 1;
            Findings.AddRange(job.Differences().Select(difference => $"{job.Name}, killed {resumed} times: {difference}"));
            (_work, _workOfWhole) = (_work + job.Work, _workOfWhole + job.WorkOfWhole);
            progress?.Invoke();
        }
    }

    // Anywhere from the start of the process to its end; every fifth one waits for the end of the work, which is short.
    private KillMoment Moment(KilledJob job) => _random.Next(5) == 0
        ? new KillMoment(_random.NextDouble() * 0.1, WaitsForAssembly: true)
        : new KillMoment(_random.NextDouble() * 1.1 * job.SecondsOfWhole, WaitsForAssembly: false);
}

/// <summary>When a process is killed.</summary>
/// <param name="Seconds">So long after it was started or, where that is waited for, after its output is begun.</param>
/// <param name="WaitsForAssembly">Whether the beginning of the output is waited for.</param>
public readonly record struct KillMoment(double Seconds, bool WaitsForAssembly);

/// <summary>What a job was doing when it was killed, as its files tell.</summary>
public enum JobPhase
{
    /// <summary>Nothing of it was there yet.</summary>
    Starting,

    /// <summary>Its rows were being recorded.</summary>
    Recording,

    /// <summary>Its output was being made of them.</summary>
    Assembling,

    /// <summary>Its output was in place, and its folder not gone yet.</summary>
    Ending,

    /// <summary>All was done but the process itself.</summary>
    Done,
}
