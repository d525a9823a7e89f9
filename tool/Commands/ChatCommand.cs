using System.CommandLine;
using Gptx.Chat;
using Gptx.Generation;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx chat: a conversation with a model, turn by turn.</summary>
internal sealed class ChatCommand : GptxCommand
{
    private readonly ChatArguments _conversation;
    private readonly GenerationArguments _arguments;
    private readonly ModelOptions _models;

    private readonly Option<string?> _messages = new("--messages")
    {
        Description = "Begin with the conversation in a file, such as /save writes.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _json = new("--json", "--jsonl") { Description = "A JSON object a turn, on a line." };

    public ChatCommand()
        : base("chat", "Talk with a chat model on a terminal; redirected, each line of the input is a turn of the user.")
    {
        Options.Add(_messages);
        _conversation = new ChatArguments(this);
        Options.Add(_json);
        _arguments = new GenerationArguments(this);
        _models = new ModelOptions(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx chat --model ./my-chat-model",
        "gptx chat --model ./my-chat-model --system \"Answer in one sentence.\" --temperature 0",
        "gptx chat --model ./my-chat-model --json < questions.txt",
    ];

    public override int Execute(Invocation run)
    {
        var request = _conversation.Request(run);
        var begun = Begun(run, request);
        using var model = _models.Load(run);
        var options = _arguments.Read(run, model);
        if (options is not { Count: null or 1 })
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"count {options.Count} is not allowed: a conversation has one answer a turn");
        }

        var template = _conversation.Template(run, model.Folder, model.RequireChatTemplate);
        using var session = new ChatSession(model, template) { Request = begun };
        foreach (var message in begun.Messages)
        {
            session.Messages.Add(message);
        }

        return new ChatLoop(run, model, session, options, run.Get(_json)).Run();
    }

    private ChatRequest Begun(Invocation run, ChatRequest request)
    {
        var read = run.Get(_messages) is { } path ? Conversation.Read(JsonFile.Parse(JsonFile.Text(run, path), path), request) : request;
        return _conversation.System(run) is { } system && read.Messages is not [{ Role: "system" }, ..]
            ? read with { Messages = [new ChatMessage("system", system), .. read.Messages] }
            : read;
    }
}
