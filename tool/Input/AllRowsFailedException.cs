namespace Gptx.Tool;

/// <summary>No row of the input could be processed: each has been reported, and no output file is made.</summary>
internal sealed class AllRowsFailedException() : Exception("no row could be processed");
