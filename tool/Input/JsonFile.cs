using System.Text.Json;

namespace Gptx.Tool.Input;

/// <summary>JSON that a person names on the command line: tools, documents, a conversation.</summary>
internal static class JsonFile
{
    private const long Largest = 256L << 20;

    /// <summary>The text of a file, or of standard input for <c>-</c>.</summary>
    /// <exception cref="GptxException"><c>InputNotReadable</c>.</exception>
    public static string Text(Invocation run, string path)
    {
        if (path == "-")
        {
            return run.Around.In.ReadToEnd();
        }

        using var reader = RowFile.Open(path);
        return reader.BaseStream.Length <= Largest ? reader.ReadToEnd() : throw new GptxException(
            GptxErrorKind.InvalidArgument, "InputNotReadable", $"{path} cannot be read: it has more than {Largest >> 20} MiB");
    }

    /// <summary>A list of JSON objects.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">What they are, for messages.</param>
    /// <exception cref="GptxException"><c>InputNotReadable</c>; <c>ChatInputInvalid</c>.</exception>
    public static IReadOnlyList<JsonElement> Objects(Invocation run, string path, string what) => Objects(Parse(Text(run, path), path), path, what);

    /// <summary>The objects of a list.</summary>
    /// <exception cref="GptxException"><c>ChatInputInvalid</c>.</exception>
    public static IReadOnlyList<JsonElement> Objects(JsonElement json, string where, string what) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. json.EnumerateArray()]
            : throw Invalid($"{where}: the {what} must be a list of JSON objects");

    /// <summary>Reads a document.</summary>
    /// <exception cref="GptxException"><c>ChatInputInvalid</c>.</exception>
    public static JsonElement Parse(string text, string where) =>
        TryParse(text) ?? throw Invalid($"{where} is not JSON");

    /// <summary>Reads a document; null where the text is none.</summary>
    public static JsonElement? TryParse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static GptxException Invalid(string message) => new(GptxErrorKind.InvalidInput, "ChatInputInvalid", message);
}
