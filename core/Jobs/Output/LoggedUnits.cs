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
            var all = logs.Index().SelectMany(log => log.Item.Units.Select(unit => (File: files[log.Index], unit.Unit, unit.Places)));
            foreach (var (file, unit, places) in all.OrderBy(unit => unit.Unit.Source).ThenBy(unit => unit.Unit.Unit))
            {
                yield return (unit, [.. places.SelectMany(place => ((LoggedBatch)LogFrames.Parse(FrameFile.ReadAt(file, place))!).Rows).OrderBy(row => row.Order)]);
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
}
