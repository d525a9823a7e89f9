namespace Gptx.Jobs.Log;

/// <summary>
/// Where the batches of each unit lie in a log. A batch that was recorded again, because rows of it were tried again, counts as it was recorded last. Of a unit the
/// stretches of the log are held in which its batches stand, mostly one, since there may be millions of batches.
/// </summary>
internal sealed class LogIndex
{
    private readonly SortedDictionary<(int Source, long Unit), List<(long Start, long End)>> _stretches = [];
    private readonly Dictionary<(int Source, long Unit), LoggedUnit> _units = [];
    private readonly HashSet<string> _machines = new(StringComparer.Ordinal);

    /// <summary>Reads a log.</summary>
    public LogIndex(string path)
    {
        Path = path;
        var machine = "";
        foreach (var (offset, frame) in FrameFile.ReadPlaces(path))
        {
            switch (LogFrames.ParseHead(frame))
            {
                case Guid job: Job = job; break;
                case string name: machine = name; break;
                case LoggedBatch batch:
                    Extend(Stretches((batch.Source, batch.Unit)), offset, FrameFile.EndOf(offset, frame));
                    _machines.Add(machine);
                    break;
                case LoggedUnit unit: _units[(unit.Source, unit.Unit)] = unit; _ = Stretches((unit.Source, unit.Unit)); break;
                case null: IsComplete = true; break;
            }
        }
    }

    /// <summary>The log.</summary>
    public string Path { get; }

    /// <summary>Which job it is of; null in an empty log.</summary>
    public Guid? Job { get; }

    /// <summary>The kinds of machines that computed batches of it.</summary>
    public IReadOnlyCollection<string> Machines => _machines;

    /// <summary>Whether it has an end.</summary>
    public bool IsComplete { get; }

    /// <summary>The whole units in the order of the sources, with the stretches of the file in which their batches stand.</summary>
    public IEnumerable<(LoggedUnit Unit, IReadOnlyList<(long Start, long End)> Stretches)> Units => _stretches
        .Where(unit => _units.ContainsKey(unit.Key))
        .Select(unit => (_units[unit.Key], (IReadOnlyList<(long Start, long End)>)unit.Value));

    private List<(long Start, long End)> Stretches((int Source, long Unit) unit) => _stretches.TryGetValue(unit, out var known) ? known : _stretches[unit] = [];

    private static void Extend(List<(long Start, long End)> stretches, long start, long end)
    {
        if (stretches.Count > 0 && stretches[^1].End == start)
        {
            stretches[^1] = stretches[^1] with { End = end };
        }
        else
        {
            stretches.Add((start, end));
        }
    }
}
