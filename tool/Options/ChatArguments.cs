using System.CommandLine;
using Gptx.Chat;
using Gptx.Inference;
using Gptx.Tool.Input;

namespace Gptx.Tool.Options;

/// <summary>What goes with a conversation: system message, tools, documents, and another template than the model's.</summary>
internal sealed class ChatArguments
{
    private readonly Option<string?> _system = new("--system") { Description = "A system message before conversations that have none.", HelpName = "TEXT" };
    private readonly Option<string?> _tools = new("--tools") { Description = "Tools that the model may call: a JSON list, passed to the template.", HelpName = "FILE" };
    private readonly Option<string?> _documents = new("--documents") { Description = "Documents that the model may read: a JSON list, passed to the template.", HelpName = "FILE" };

    private readonly Option<string?> _template = new("--chat-template")
    {
        Description = "Another chat template than the model's: a Jinja file, or the name of one of the model's.",
        HelpName = "FILE|NAME",
    };

    private readonly Option<string?> _variables = new("--chat-template-kwargs")
    {
        Description = "Further variables of the template: a JSON object, such as {\"enable_thinking\": false}.",
        HelpName = "JSON",
    };

    public ChatArguments(Command command)
    {
        command.Options.Add(_system);
        command.Options.Add(_tools);
        command.Options.Add(_documents);
        command.Options.Add(_template);
        command.Options.Add(_variables);
    }

    /// <summary>The options that are given, by name.</summary>
    public IEnumerable<string> Given(Invocation run) =>
        ((Option<string?>[])[_system, _tools, _documents, _template, _variables]).Where(option => run.Get(option) is not null).Select(option => option.Name);

    public string? System(Invocation run) => run.Get(_system);

    /// <summary>What holds for every conversation.</summary>
    /// <exception cref="GptxException"><c>InputNotReadable</c>, <c>ChatInputInvalid</c>.</exception>
    public ChatRequest Request(Invocation run) => new()
    {
        Messages = [],
        Tools = run.Get(_tools) is { } tools ? JsonFile.Objects(run, tools, "tools") : null,
        Documents = run.Get(_documents) is { } documents ? JsonFile.Objects(run, documents, "documents") : null,
        Variables = run.Get(_variables) is { } variables
            ? Conversation.Variables(JsonFile.Parse(variables, "--chat-template-kwargs"), "--chat-template-kwargs")
            : null,
        TemplateName = run.Get(_template) is { } template && !File.Exists(template) ? template : null,
    };

    /// <summary>The template: of the file that is named, else the model's.</summary>
    /// <param name="run">The run.</param>
    /// <param name="folder">The model's folder.</param>
    /// <param name="own">The model's template, or the error that it has none.</param>
    /// <exception cref="GptxException"><c>ChatTemplateMissing</c>; the template cannot be read.</exception>
    public ChatTemplate Template(Invocation run, string folder, Func<ChatTemplate> own)
    {
        if (run.Get(_template) is not { } template || (!File.Exists(template) && !LooksLikePath(template)))
        {
            return own();
        }

        using var reader = RowFile.Open(template);
        return ModelTokenizer.ParseChatTemplate(reader.ReadToEnd(), folder);
    }

    private static bool LooksLikePath(string name) => name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal)
        || name.EndsWith(".jinja", StringComparison.OrdinalIgnoreCase);
}
