using Gptx.Jobs.Log;

namespace Gptx.Jobs.Output;

/// <summary>The units of several logs, in the order of the sources. One unit is held at a time.</summary>
internal static class LoggedUnits
{
    /// <summary>All units with their rows in order.</summary>
    public static IEnumerable<(LoggedUnit Unit, LoggedRow[] Rows)> Of(IReadOnlyList<LogIndex> logs)
    {
        FileStream[] files = [.. logs.Select(log => FrameFile.OpenToRead(log.Path))];
        try
        {
            var all = logs.Index().SelectMany(log => log.Item.Units.Select(unit => (File: files[log.Index], unit.Unit, unit.Stretches)));
            foreach (var (file, unit, stretches) in all.OrderBy(unit => unit.Unit.Source).ThenBy(unit => unit.Unit.Unit))
            {
                yield return (unit, Rows(file, stretches));
            }
        }
        finally
        {
            foreach (var file in files)
            {
                file.Dispose();
            }
        }
    }

    private static LoggedRow[] Rows(FileStream file, IReadOnlyList<(long Start, long End)> stretches)
    {
        var batches = new Dictionary<int, LoggedBatch>();
        foreach (var batch in stretches.SelectMany(stretch => FrameFile.ReadFrom(file, stretch.Start, stretch.End).Select(LogFrames.Parse)).OfType<LoggedBatch>())
        {
            batches[batch.Batch] = batch;
        }

        return [.. batches.Values.SelectMany(batch => batch.Rows).OrderBy(row => row.Order)];
    }
}
