using System.Text.Json;

namespace Gptx.Tool.Input;

/// <summary>Conversations out of a file: one JSON document that is one, or a conversation a line.</summary>
internal static class ConversationFile
{
    /// <summary>The conversations, a row each.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <exception cref="GptxException"><c>InputNotReadable</c>; <c>TextMissing</c>: it is empty.</exception>
    public static IEnumerable<TextRow> Rows(Invocation run, string path)
    {
        var text = JsonFile.Text(run, path);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextMissing", $"there is no conversation in {path}: it is empty");
        }

        if (JsonFile.TryParse(text) is { } whole)
        {
            return [new TextRow(null) { Conversation = whole }];
        }

        string[] lines = text.Split('\n');
        return lines.Index()
            .Where(line => line.Item.Trim().Length > 0)
            .Select(line => Row(line.Index + 1, line.Item));
    }

    private static TextRow Row(int number, string line) => JsonFile.TryParse(line) is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } json
        ? new TextRow(number) { Conversation = json }
        : new TextRow(number) { Error = new GptxException(GptxErrorKind.InvalidInput, "RowUnreadable", "the row cannot be read: it is no JSON list or object") };
}
