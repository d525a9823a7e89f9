namespace Gptx;

/// <summary>What kind of thing went wrong; the tool's exit code and the module's error category follow from it.</summary>
public enum GptxErrorKind
{
    /// <summary>A value the caller gave is not allowed: exit code 2.</summary>
    InvalidArgument,

    /// <summary>A text or row of ids cannot be processed, for example longer than the context: exit code 1, or 3 among rows that can.</summary>
    InvalidInput,

    /// <summary>A model, checkpoint or tokenizer is missing, damaged or not supported: exit code 4.</summary>
    ModelNotLoadable,

    /// <summary>The device asked for is not there: exit code 5.</summary>
    DeviceMissing,

    /// <summary>A file cannot be written, or exists already: exit code 1.</summary>
    OutputNotWritable,
}

/// <summary>
/// An error that a person can act on: one line that says what was wrong, where, and what is allowed.
/// <see cref="ErrorId"/> is stable and documented in docs/errors.md.
/// </summary>
public sealed class GptxException : Exception
{
    /// <summary>
    /// Makes an error of a kind, with its stable id and its one-line message; what a caller or a file put into it stays one line too, because
    /// control characters are shown as U+FFFD.
    /// </summary>
    public GptxException(GptxErrorKind kind, string errorId, string message, Exception? innerException = null)
        : base(OneLine(message), innerException)
    {
        Kind = kind;
        ErrorId = errorId;
    }

    /// <summary>What kind of thing went wrong.</summary>
    public GptxErrorKind Kind { get; }

    /// <summary>The stable name of this error in PascalCase, for example <c>TensorOutOfRange</c>.</summary>
    public string ErrorId { get; }

    private static string OneLine(string message) =>
        message.Any(char.IsControl) ? string.Concat(message.Select(character => char.IsControl(character) ? '\uFFFD' : character)) : message;
}
