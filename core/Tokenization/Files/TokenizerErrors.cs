using System.Text.Json;

namespace Gptx.Tokenization;

/// <summary>The errors of reading a tokenizer: one line with the file, the place in it and what is wrong.</summary>
internal static class TokenizerErrors
{
    public static GptxException NotFound(string path, string expected) =>
        new(GptxErrorKind.ModelNotLoadable, "TokenizerNotFound", $"No tokenizer at '{path}': expected {expected}.");

    public static GptxException Unreadable(string where, string what, Exception? inner = null) =>
        new(GptxErrorKind.ModelNotLoadable, "TokenizerUnreadable", $"{where}: {what}.", inner);

    public static GptxException NotSupported(string where, string what, string supported) =>
        new(GptxErrorKind.ModelNotLoadable, "TokenizerNotSupported", $"{where}: {what} is not supported; supported: {supported}.");

    /// <summary>What makes a file no JSON, with line and byte counted from 1.</summary>
    /// <param name="where">The file.</param>
    /// <param name="json">Its content, which is read once more for the place.</param>
    /// <param name="error">The error if the whole is JSON after all.</param>
    public static GptxException Syntax(string where, ReadOnlyMemory<byte> json, JsonException error)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
            while (reader.Read())
            {
            }

            return Unreadable(where, error.Message.TrimEnd('.'), error);
        }
        catch (JsonException placed)
        {
            string message = placed.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
            string place = $"line {placed.LineNumber + 1}, byte {placed.BytePositionInLine + 1}";
            return Unreadable(where, $"not valid JSON at {place}: {message}", placed);
        }
    }
}
