using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Gptx.Tool.Commands;

namespace Gptx.Tool;

/// <summary>One run: arguments are read, a command does its work, and whatever goes wrong becomes one line and an exit code.</summary>
internal static class CommandLine
{
    private const string DebugVariable = "GPTX_DEBUG";

    public static int Run(IReadOnlyList<string> args, Surroundings around, CancellationToken cancellation = default)
    {
        var isVerbose = args.Contains("--verbose");
        try
        {
            var code = Execute(args, around, isVerbose, cancellation);
            around.Out.Flush();
            return code;
        }
        catch (GptxException error)
        {
            Say(around, isVerbose ? $"{error.Message} [{error.ErrorId}]" : error.Message);
            return ExitCode.Of(error.Kind);
        }
        catch (AllRowsFailedException)
        {
            return ExitCode.Failure;
        }
        catch (ClosedPipeException)
        {
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Say(around, "cancelled");
            return around.Interrupt is { WasTerminated: true } ? ExitCode.Terminated : ExitCode.Cancelled;
        }
        catch (Exception unexpected) when (string.IsNullOrEmpty(around.Variable(DebugVariable)))
        {
            Say(around, $"unexpected error: {unexpected.Message} ({unexpected.GetType().Name}; {DebugVariable}=1 shows where)");
            return ExitCode.Failure;
        }
    }

    private static int Execute(IReadOnlyList<string> args, Surroundings around, bool isVerbose, CancellationToken cancellation)
    {
        var root = CommandTable.Root(args);
        var parsed = root.Parse([.. args], new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Action is ParseErrorAction || (parsed.Action is null && parsed.Errors.Count > 0))
        {
            throw UsageError(parsed);
        }

        if (parsed.Action is not null && parsed.Action != parsed.CommandResult.Command.Action)
        {
            return parsed.Invoke(new InvocationConfiguration { Output = around.Out, Error = around.Error, EnableDefaultExceptionHandler = false });
        }

        return parsed.CommandResult.Command is GptxCommand command
            ? command.Execute(new Invocation(parsed, around, isVerbose, cancellation))
            : throw UsageError(parsed);
    }

    private static GptxException UsageError(ParseResult parsed)
    {
        var name = parsed.CommandResult.Command is RootCommand ? "gptx" : $"gptx {parsed.CommandResult.Command.Name}";
        var problem = parsed.CommandResult.Command is RootCommand
            ? parsed.UnmatchedTokens is [var unknown, ..] ? $"there is no command '{unknown}'" : "a command is missing"
            : Sentence(parsed.Errors[0]);
        return new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", $"{problem}; '{name} --help' shows what there is");
    }

    private static string Sentence(ParseError error)
    {
        var message = error.Message.TrimEnd('.', ' ');
        return message.Replace("Unrecognized command or argument", "there is no command or option", StringComparison.Ordinal);
    }

    private static void Say(Surroundings around, string message) => around.Error.WriteLine($"gptx: {VisibleText.OneLine(message)}");
}
