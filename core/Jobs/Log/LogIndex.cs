namespace Gptx.Jobs.Log;

/// <summary>
/// Where the batches of each unit lie in a log. A batch that was recorded again, because rows of it were tried again, counts as it was recorded last. Only places
/// are held, not rows.
/// </summary>
internal sealed class LogIndex
{
    private readonly SortedDictionary<(int Source, long Unit), Dictionary<int, long>> _batches = [];
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
                    Places((batch.Source, batch.Unit))[batch.Batch] = offset;
                    _machines.Add(machine);
                    break;
                case LoggedUnit unit: _units[(unit.Source, unit.Unit)] = unit; _ = Places((unit.Source, unit.Unit)); break;
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

    /// <summary>The whole units in the order of the sources, with the places of their batches in the file.</summary>
    public IEnumerable<(LoggedUnit Unit, IReadOnlyList<long> Places)> Units => _batches
        .Where(unit => _units.ContainsKey(unit.Key))
        .Select(unit => (_units[unit.Key], (IReadOnlyList<long>)[.. unit.Value.Values.Order()]));

    private Dictionary<int, long> Places((int Source, long Unit) unit) => _batches.TryGetValue(unit, out var places) ? places : _batches[unit] = [];
}
