using System.Buffers;
using System.Text;
using System.Text.Json;
using Gptx.Chat;
using Gptx.Checkpoints;
using Gptx.Generation;
using Gptx.Tool.Output;

namespace Gptx.Tool.Terminal;

/// <summary>What a person can ask of the conversation itself: lines that begin with a slash.</summary>
internal sealed class ChatCommands(Invocation run, ChatSession session)
{
    private const string System = "system";
    private const string User = "user";

    private const string Help =
        """
        /system TEXT   set the system message (without TEXT: take it away)
        /reset         begin anew; the system message stays
        /undo          take the last question and its answer back
        /save FILE     write the conversation as JSON: a list of messages, or with .jsonl a line with them
        /exit          end, as Ctrl+D does
        A line that begins with // is text that begins with /.

        """;

    /// <summary>Does what a line asks for.</summary>
    /// <returns>Whether the conversation goes on.</returns>
    public bool Do(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (name, rest) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..].Trim());
        switch (name)
        {
            case "/exit" or "/quit":
                return false;
            case "/help":
                run.Around.Out.Write(Help.ReplaceLineEndings("\n"));
                break;
            case "/system":
                SetSystem(rest);
                break;
            case "/reset":
                Reset();
                break;
            case "/undo":
                Undo();
                break;
            case "/save":
                Save(rest);
                break;
            default:
                run.Say($"there is no command '{name}'; /help shows what there is");
                break;
        }

        return true;
    }

    private void SetSystem(string text)
    {
        if (session.Messages is [{ Role: System }, ..])
        {
            session.Messages.RemoveAt(0);
        }

        if (text.Length > 0)
        {
            session.Messages.Insert(0, new ChatMessage(System, text));
        }

        run.Say(text.Length > 0 ? "the system message is set" : "there is no system message");
    }

    private void Reset()
    {
        ChatMessage[] kept = [.. session.Messages.TakeWhile(message => message.Role == System)];
        session.Messages.Clear();
        foreach (var message in kept)
        {
            session.Messages.Add(message);
        }

        run.Say("the conversation begins anew");
    }

    private void Undo()
    {
        var last = session.Messages.Select(message => message.Role).ToList().LastIndexOf(User);
        if (last < 0)
        {
            run.Say("there is nothing to take back");
            return;
        }

        run.Say($"taken back: {VisibleText.Shorten(session.Messages[last].Text, 60)}");
        while (session.Messages.Count > last)
        {
            session.Messages.RemoveAt(last);
        }
    }

    private void Save(string path)
    {
        if (path.Length == 0)
        {
            run.Say("/save needs the name of a file");
            return;
        }

        var isLines = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        try
        {
            AtomicFile.Write(path, overwrite: false, stream => stream.Write(Encoding.UTF8.GetBytes(Written(isLines) + "\n")));
            run.Say($"{session.Messages.Count} messages written to {path}");
        }
        catch (GptxException error)
        {
            run.Say(error.Message);
        }
    }

    private string Written(bool isLine)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, isLine ? JsonValue.Compact : JsonValue.Indented))
        {
            if (isLine)
            {
                json.WriteStartObject();
                json.WritePropertyName("messages");
            }

            JsonValue.Write(json, session.Messages.Select(message => message.Json));
            if (isLine)
            {
                json.WriteEndObject();
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
