using System.Text.Json;
using Gptx.Tool;

namespace Gptx.Tests.Tool;

/// <summary>A command line of gptx, run in this process, and what came of it.</summary>
internal sealed record CommandRun(int Code, string Out, string Error)
{
    public static CommandRun Of(params string[] args) => With(new Conditions(), args);

    public static CommandRun With(Conditions conditions, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var around = new Surroundings
        {
            In = new StringReader(conditions.Input),
            InStream = () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(conditions.Input)),
            Out = conditions.Out ?? output,
            Error = error,
            InIsRedirected = conditions.InputIsRedirected,
            OutIsTerminal = conditions.IsTerminal,
            ErrorIsTerminal = conditions.IsTerminal,
            Variable = name => conditions.Variables.GetValueOrDefault(name) ?? (name == "GPTX_NO_CACHE" ? "1" : null), // tests leave nothing in a person's folders
        };
        var code = CommandLine.Run(args, around, conditions.Cancellation);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    public IReadOnlyList<JsonElement> Lines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    public JsonElement Document => Parse(Out);

    public static JsonElement Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <summary>The run failed with this code, wrote no data, and said why on one line.</summary>
    public CommandRun Refused(int code, string says, bool mayHaveOutput = false)
    {
        Assert.Equal(code, Code);
        Assert.True(mayHaveOutput || Out.Length == 0, Out);
        Assert.StartsWith("gptx: ", Error, StringComparison.Ordinal);
        Assert.EndsWith("\n", Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Count(character => character == '\n'));
        Assert.Contains(says, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return this;
    }

    public CommandRun Succeeded()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Error}");
        return this;
    }
}

/// <summary>What surrounds a run, where it is not the usual: redirected, no input, no variables.</summary>
internal sealed record Conditions
{
    public string Input { get; init; } = "";

    public bool InputIsRedirected { get; init; } = true;

    public bool IsTerminal { get; init; }

    public TextWriter? Out { get; init; }

    public Dictionary<string, string> Variables { get; init; } = [];

    public CancellationToken Cancellation { get; init; } = CancellationToken.None;
}
