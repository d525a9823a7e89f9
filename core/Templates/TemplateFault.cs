namespace Gptx.Templates;

/// <summary>
/// What went wrong inside a template, before it is told to the caller as a <see cref="GptxException"/> with its line. <see cref="Cause"/> is the name that Python has for it.
/// </summary>
internal sealed class TemplateFault(string errorId, string cause, string message) : Exception(message)
{
    public string ErrorId { get; } = errorId;

    public string Cause { get; } = cause;

    /// <summary>Where, when it is known better than by the statement that runs.</summary>
    public int Line { get; init; }

    public static TemplateFault Type(string message) => Failed("TypeError", message);

    public static TemplateFault Value(string message) => Failed("ValueError", message);

    public static TemplateFault Index(string message) => Failed("IndexError", message);

    public static TemplateFault Key(string message) => Failed("KeyError", message);

    public static TemplateFault Overflow(string message) => Failed("OverflowError", message);

    public static TemplateFault ZeroDivision(string message) => Failed("ZeroDivisionError", message);

    public static TemplateFault Undefined(string message) => Failed("UndefinedError", message);

    public static TemplateFault Argument(string message) => Failed("FilterArgumentError", message);

    public static TemplateFault Failed(string cause, string message) => new("TemplateFailed", cause, message);

    public static TemplateFault Syntax(int line, string message) => new("TemplateSyntaxInvalid", "TemplateSyntaxError", message) { Line = line };

    public static TemplateFault Limit(string message) => new("TemplateLimitReached", "limit", message);

    public static TemplateFault Raised(string message) => new("TemplateRaised", "TemplateError", message);
}
