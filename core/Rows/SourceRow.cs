using System.Text.Json;

namespace Gptx.Rows;

/// <summary>One row of a source: a text or token ids, or what is wrong with it.</summary>
/// <param name="Offset">Where it begins in the unpacked source, in bytes; in Parquet the number of the row.</param>
/// <param name="Line">The number of its line among those of its unit, from 0; in Parquet 0.</param>
/// <param name="Id">What names it in its own file, as it stands there; null where no field names rows.</param>
/// <param name="Text">Its text; null where it has token ids or a fault.</param>
public sealed record SourceRow(long Offset, long Line, JsonElement? Id, string? Text)
{
    /// <summary>Token ids in place of a text.</summary>
    public IReadOnlyList<int>? Ids { get; init; }

    /// <summary>A JSON value in place of a text, where the reader was told that rows may be conversations.</summary>
    public JsonElement? Conversation { get; init; }

    /// <summary>Fields that are carried over, in the order in which they were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Kept { get; init; } = [];

    /// <summary>Why it cannot be read.</summary>
    public GptxException? Fault { get; init; }
}
