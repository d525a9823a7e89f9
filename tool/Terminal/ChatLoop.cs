using Gptx.Chat;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Tool.Output;

namespace Gptx.Tool.Terminal;

/// <summary>The turns of a conversation: a line of the user, an answer that is shown while it is made, and so on until the input ends.</summary>
internal sealed class ChatLoop(Invocation run, LanguageModel model, ChatSession session, GenerationOptions options, bool asJson)
{
    private const string User = "user";
    private const string Mark = "> ";
    private readonly bool _isPerson = !run.Around.InIsRedirected;
    private readonly TextWriter _out = run.Around.Out;
    private readonly JsonObjectText<ChatTurn> _turns = new(ChatReplyShape.Turn, JsonValue.Compact);
    private int _answered;
    private int _failed;
    private int _leftOut;

    /// <summary>Talks until the input ends.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (_isPerson)
        {
            run.Say($"{model.Name}, context {model.Shape.ContextLength} tokens; {TextGenerator.Settings(model, options)}");
            run.Say("/help shows the commands, Ctrl+C stops an answer, Ctrl+D ends");
        }

        var commands = new ChatCommands(run, session);
        while (ReadLine() is { } line)
        {
            if (_isPerson && line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal))
            {
                if (!commands.Do(line.Trim()))
                {
                    break;
                }
            }
            else if (line.Trim().Length > 0)
            {
                Turn(_isPerson && line.StartsWith('/') ? line[1..] : line);
            }
        }

        return _failed == 0 ? ExitCode.Ok : _answered == 0 ? ExitCode.Failure : ExitCode.SomeRowsFailed;
    }

    // Waiting for a line must not outlast Ctrl+C.
    private string? ReadLine()
    {
        run.Cancellation.ThrowIfCancellationRequested();
        if (_isPerson)
        {
            _out.Write(run.Around.Colour ? $"\u001b[1;36m{Mark}\u001b[0m" : Mark);
            _out.Flush();
        }

        var line = run.Cancellation.CanBeCanceled
            ? Task.Run(run.Around.In.ReadLine).WaitAsync(run.Cancellation).GetAwaiter().GetResult()
            : run.Around.In.ReadLine();
        if (line is null && _isPerson)
        {
            _out.Write("\n");
        }

        return line;
    }

    private void Turn(string text)
    {
        session.Messages.Add(new ChatMessage(User, text));
        var part = run.Around.Interrupt?.BeginPart();
        try
        {
            Answer(text, part?.Token ?? run.Cancellation);
            _answered++;
        }
        catch (GptxException error) when (error.Kind == GptxErrorKind.InvalidInput)
        {
            _failed += _isPerson ? 0 : 1;
            run.Say(run.IsVerbose ? $"{error.Message} [{error.ErrorId}]" : error.Message);
        }
        catch (OperationCanceledException) when (!run.Cancellation.IsCancellationRequested)
        {
            run.Say("stopped before the answer began");
        }
        finally
        {
            run.Around.Interrupt?.EndPart();
        }

        // A question without an answer is not part of the conversation: templates want both to take turns.
        if (session.Messages[^1].Role == User)
        {
            session.Messages.RemoveAt(session.Messages.Count - 1);
        }
    }

    private void Answer(string text, CancellationToken cancellation)
    {
        var steps = session.Answer(options, cancellation);
        SayLeftOut();
        GeneratedText? finished = null;
        var count = 0;
        try
        {
            foreach (var step in steps)
            {
                count++;
                finished = step.Finished;
                if (!asJson)
                {
                    _out.Write(_isPerson ? VisibleText.Running(step.Text) : JsonValue.WellFormed(step.Text));
                    _out.Flush();
                }
            }
        }
        catch (OperationCanceledException) when (count > 0 && !run.Cancellation.IsCancellationRequested)
        {
            _out.Write(asJson ? "" : " …");
        }
        finally
        {
            _out.Write(asJson || count == 0 ? "" : "\n");
            _out.Flush();
        }

        if (asJson)
        {
            var turn = new ChatTurn(
                _answered, text, session.Messages[^1], session.PromptTokens, session.ReusedTokens, count, session.LeftOut, finished?.FinishReason, options.Seed ?? 0, model.Name);
            _out.Write(_turns.Of(turn, row: null) + "\n");
            _out.Flush();
        }
        else if (_isPerson && finished?.FinishReason is FinishReason.Length or FinishReason.Context)
        {
            run.Say(finished.FinishReason == FinishReason.Length ? $"the answer was cut at {count} tokens (--max-tokens)" : "the answer was cut: the context is full");
        }
    }

    private void SayLeftOut()
    {
        if (session.LeftOut > _leftOut)
        {
            run.Say($"the context of {model.Shape.ContextLength} tokens is full: the model no longer reads the oldest {session.LeftOut} messages; /reset begins anew");
        }

        _leftOut = session.LeftOut;
    }
}
