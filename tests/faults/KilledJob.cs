using System.Diagnostics;

namespace Gptx.Faults;

/// <summary>A job over one input that is killed and resumed, beside the same job that never was.</summary>
internal sealed class KilledJob
{
    private readonly string _gptx;
    private readonly string _command;
    private readonly string _input;
    private readonly string _whole;
    private readonly string _killed;
    private readonly string _output;
    private readonly int _exitCode;
    private readonly double _workOfStart;

    /// <summary>Runs the job once to its end, and once more when there is nothing left to do, to know what starting alone takes.</summary>
    public KilledJob(string gptx, string command, string kind, FaultFolder folder, int rows, int seed)
    {
        (_gptx, _command, Name) = (gptx, command, $"{command} to {kind}");
        _input = folder.Input(rows, seed);
        _whole = folder.Empty($"{command}{kind}-whole");
        _killed = folder.Empty($"{command}{kind}-killed");
        _output = Path.Join(_killed, $"out{kind}");
        var clock = Stopwatch.StartNew();
        using var once = Start(Path.Join(_whole, $"out{kind}"), "--resume");
        once.End();
        SecondsOfWhole = clock.Elapsed.TotalSeconds;
        _exitCode = once.ExitCode;
        using var nothing = Start(Path.Join(_whole, $"out{kind}"), "--resume");
        nothing.End();
        _workOfStart = nothing.ProcessorSeconds;
        WorkOfWhole = once.ProcessorSeconds - _workOfStart;
    }

    /// <summary>The command and the kind of output.</summary>
    public string Name { get; }

    /// <summary>How long the job takes that is never stopped.</summary>
    public double SecondsOfWhole { get; }

    /// <summary>Processor time of the job that was never stopped, without that of starting.</summary>
    public double WorkOfWhole { get; }

    /// <summary>Processor time of all lives since <see cref="Begin"/>, each without that of starting.</summary>
    public double Work { get; private set; }

    /// <summary>Begins anew with nothing there.</summary>
    public void Begin()
    {
        Directory.Delete(_killed, recursive: true);
        Directory.CreateDirectory(_killed);
        Work = 0;
    }

    /// <summary>Starts the process and kills it.</summary>
    /// <returns>What it was doing; null where it had come to its end by itself.</returns>
    public JobPhase? Live(KillMoment moment)
    {
        using var process = Start(_output, "--resume");
        var wasKilled = process.Kill(() => !moment.WaitsForAssembly || Phase >= JobPhase.Assembling, TimeSpan.FromSeconds(moment.Seconds));
        Work += Math.Max(0, process.ProcessorSeconds - _workOfStart);
        return wasKilled ? Phase : process.ExitCode == _exitCode ? null : throw new InvalidOperationException($"{Name}: exit code {process.ExitCode}, not {_exitCode}: {process.Error}");
    }

    /// <summary>How the files differ from those of the job that was never stopped.</summary>
    public IEnumerable<string> Differences()
    {
        var wanted = Files(_whole);
        var found = Files(_killed);
        foreach (var name in wanted.Keys.Union(found.Keys).Order(StringComparer.Ordinal))
        {
            if (!wanted.TryGetValue(name, out var should))
            {
                yield return $"{name} is left over";
            }
            else if (!found.TryGetValue(name, out var has))
            {
                yield return $"{name} is missing";
            }
            else if (!OutputFiles.AreSame(should, has))
            {
                yield return $"{name} has other content";
            }
        }
    }

    private JobPhase Phase => Path.GetExtension(_output) == OutputFiles.DatabaseEnding ? PhaseOfTable : PhaseOfFile;

    // The list of errors, which the input has, is begun in the folder when all rows are recorded, and in its place just before the one transaction that ends the job.
    private JobPhase PhaseOfTable => !Directory.Exists($"{_output}.partial") ? File.Exists(_output) ? JobPhase.Done : JobPhase.Starting
        : File.Exists($"{_output}.errors.jsonl") ? JobPhase.Ending
        : File.Exists(Path.Join($"{_output}.partial", "errors.jsonl")) ? JobPhase.Assembling
        : JobPhase.Recording;

    private JobPhase PhaseOfFile
    {
        get
        {
            var hasOutput = File.Exists(_output);
            return !Directory.Exists($"{_output}.partial") ? hasOutput ? JobPhase.Done : JobPhase.Starting
                : hasOutput ? JobPhase.Ending
                : File.Exists(Path.Join($"{_output}.partial", $"{Path.GetFileName(_output)}.tmp")) ? JobPhase.Assembling
                : JobPhase.Recording;
        }
    }

    private static Dictionary<string, string> Files(string folder) => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => path, StringComparer.Ordinal);

    private MortalProcess Start(string output, params string[] options) =>
        new(_gptx, [_command, "--input", _input, "--id-field", "id", "--out", output, "--threads", "1", .. options]);
}
