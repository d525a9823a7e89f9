using System.Text;
using System.Text.Json;

namespace Gptx.Chat;

/// <summary>A file of a checkpoint's folder, read within bounds.</summary>
internal static class ChatFile
{
    // tokenizer_config.json lists every added token: some have several megabytes.
    private const long LongestJson = 64L << 20;

    public static string Text(string path, long longest)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > longest)
            {
                throw Unreadable(path, $"it has {stream.Length} bytes, and at most {longest} are read");
            }

            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Unreadable(path, exception.Message, exception);
        }
    }

    /// <summary>A JSON object of a file.</summary>
    public static JsonDocument Json(string path)
    {
        try
        {
            var document = JsonDocument.Parse(Text(path, LongestJson));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw Unreadable(path, "it is no JSON object");
        }
        catch (JsonException exception)
        {
            throw Unreadable(path, exception.Message, exception);
        }
    }

    public static GptxException Unreadable(string path, string why, Exception? inner = null) => new(GptxErrorKind.ModelNotLoadable, "ChatTemplateUnreadable", $"'{path}' cannot be read: {why}.", inner);
}
