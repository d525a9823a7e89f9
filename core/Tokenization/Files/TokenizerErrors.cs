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

    /// <summary>An error of the JSON reader, with line and byte counted from 1.</summary>
    public static GptxException Syntax(string where, JsonException error)
    {
        string message = error.Message.Split(" LineNumber:", 2)[0].TrimEnd('.');
        return Unreadable(where, $"not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}: {message}", error);
    }
}
