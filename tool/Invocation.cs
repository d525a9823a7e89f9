using System.CommandLine;

namespace Gptx.Tool;

/// <summary>One invocation of a command: what was asked for, and where it happens.</summary>
internal sealed class Invocation(ParseResult parsed, Surroundings around, bool isVerbose, CancellationToken cancellation)
{
    public ParseResult Parsed => parsed;

    public Surroundings Around => around;

    public bool IsVerbose => isVerbose;

    public CancellationToken Cancellation => cancellation;

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>Says something to the person, beside the data.</summary>
    public void Say(string message) => around.Error.WriteLine($"gptx: {VisibleText.OneLine(message)}");

    /// <summary>An environment variable that stands in for an option; null where it is empty.</summary>
    public string? Variable(string name) => around.Variable(name) is { Length: > 0 } value ? value : null;
}
