namespace Gptx.Help;

/// <summary>A page that is not as pages are: where, and what is wanted.</summary>
/// <param name="message">The page's file, and what is wrong.</param>
public sealed class HelpPageException(string message) : Exception(message);
