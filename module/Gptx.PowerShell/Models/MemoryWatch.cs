namespace Gptx.PowerShell;

/// <summary>Notices that the machine, or the container, runs short of memory: by what .NET itself calls a high load, 90 % of all there is.</summary>
internal static class MemoryWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Looks from time to time whether memory is short, and acts if so.</summary>
    /// <param name="isNeeded">Whether there is anything to free; only then it looks.</param>
    /// <param name="act">What is done.</param>
    public static void Begin(Func<bool> isNeeded, Action act) => _ = WatchAsync(isNeeded, IsShort, act, new PeriodicTimer(Interval));

    internal static async Task WatchAsync(Func<bool> isNeeded, Func<bool> isShort, Action act, PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync())
        {
            if (isNeeded() && isShort())
            {
                act();
            }
        }
    }

    // The load is measured at each collection; one of the youngest objects costs next to nothing.
    private static bool IsShort()
    {
        GC.Collect(generation: 0, GCCollectionMode.Forced, blocking: false);
        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        return memory.MemoryLoadBytes >= memory.HighMemoryLoadThresholdBytes;
    }
}
