namespace Gptx.Fuzzing;

/// <summary>A folder of this process for readers that want files; in memory where the system has such a place. It goes when the process ends.</summary>
internal static class FuzzFolder
{
    private const string SharedMemory = "/dev/shm";

    private static int _made;

    /// <summary>Makes an empty folder.</summary>
    public static string Make(string name)
    {
        string root = Directory.Exists(SharedMemory) ? SharedMemory : Path.GetTempPath();
        string folder = Path.Combine(root, $"gptx-fuzz-{Environment.ProcessId}-{name}-{Interlocked.Increment(ref _made)}");
        Directory.CreateDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
