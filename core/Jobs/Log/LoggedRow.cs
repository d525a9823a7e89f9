namespace Gptx.Jobs.Log;

/// <summary>A row that is done: its result, or what is wrong with it.</summary>
/// <param name="Order">Its place among the rows of its unit, from 0.</param>
/// <param name="IdHash">XXH128 of its id where ids come from a field, so that repeated ones are found; else 0.</param>
/// <param name="Tokens">How many tokens were computed.</param>
/// <param name="Json">The result as a JSON object, UTF-8; empty where there is a fault.</param>
/// <param name="Fault">What is wrong; null where there is a result.</param>
internal sealed record LoggedRow(int Order, UInt128 IdHash, int Tokens, byte[] Json, LoggedFault? Fault = null)
{
    /// <summary>Where its line is among those of the unit, from 0.</summary>
    public long Line { get; init; }

    /// <summary>Where it begins in the source.</summary>
    public long Offset { get; init; }

    /// <summary>What names it, as JSON.</summary>
    public string Id { get; init; } = "null";
}

/// <summary>What is wrong with a row.</summary>
/// <param name="ErrorId">The error's stable name.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
/// <param name="MayPass">Whether it may go well another time: it took too long.</param>
internal sealed record LoggedFault(string ErrorId, string Message, bool MayPass = false);

/// <summary>Rows that were computed together, recorded whole or not at all.</summary>
/// <param name="Source">Which source, from 0.</param>
/// <param name="Unit">Which unit of it.</param>
/// <param name="Batch">Which batch of the unit, from 0; before them, as -1, the rows that could not be read.</param>
/// <param name="Hash">The hash of the unit's bytes.</param>
/// <param name="Rows">The rows.</param>
internal sealed record LoggedBatch(int Source, long Unit, int Batch, UInt128 Hash, IReadOnlyList<LoggedRow> Rows);

/// <summary>A unit whose batches are all recorded.</summary>
/// <param name="Source">Which source, from 0.</param>
/// <param name="Unit">Which unit of it.</param>
/// <param name="Rows">How many rows it has, those with faults among them.</param>
/// <param name="Lines">How many lines they take.</param>
/// <param name="Hash">The hash of its bytes.</param>
internal sealed record LoggedUnit(int Source, long Unit, int Rows, long Lines, UInt128 Hash);
