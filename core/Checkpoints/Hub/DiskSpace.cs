namespace Gptx.Checkpoints.Hub;

/// <summary>How much a disk still takes.</summary>
internal static class DiskSpace
{
    /// <summary>Bytes that are free for this user on the disk of a folder; null where the system does not say.</summary>
    public static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // a share without a drive: writing will tell
        }
    }
}
