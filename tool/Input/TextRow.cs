using System.Text.Json;

namespace Gptx.Tool.Input;

/// <summary>One row of the input: a text, or token ids, or what is wrong with it.</summary>
/// <param name="Number">Its number for messages, from 1, of a file the line; null for the only one.</param>
internal sealed record TextRow(int? Number)
{
    public string? Text { get; init; }

    public IReadOnlyList<int>? Ids { get; init; }

    /// <summary>A conversation in place of a text: a list of messages, or an object with one and what goes with it.</summary>
    public JsonElement? Conversation { get; init; }

    /// <summary>What names the row in its own file, as it stands there: --id-field.</summary>
    public JsonElement? RowId { get; init; }

    /// <summary>Fields that are copied into the output: --keep.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Kept { get; init; } = [];

    /// <summary>Why the row cannot be read.</summary>
    public GptxException? Error { get; init; }
}
