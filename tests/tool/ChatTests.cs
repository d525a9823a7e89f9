using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Tool;

/// <summary>Conversations: generate --chat, and gptx chat as lines and as a person sees it.</summary>
public sealed class ChatTests : IDisposable
{
    /// <summary>A chat template as small as can be.</summary>
    public const string Template = "{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}{% if add_generation_prompt %}assistant:{% endif %}";

    private readonly TemporaryFolder _folder = new();
    private readonly string _template;

    public ChatTests() => _template = _folder.Write("chat.jinja", Template);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_question_becomes_a_prompt_and_gets_an_answer()
    {
        const string Prompt = "system:Be brief.\nuser:Who is the king?\nassistant:";
        var line = Generate("--chat", "Who is the king?", "--system", "Be brief.", "--max-tokens", "6", "--jsonl").Succeeded().Lines[0];
        Assert.Equal(Prompt, line.GetProperty("prompt").GetString());
        Assert.Equal("assistant", line.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal(line.GetProperty("text").GetString(), line.GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(6, line.GetProperty("answerTokens").GetInt32());
        Assert.Equal(CommandRun.Of("tokenize", Prompt).Lines.Count, line.GetProperty("promptTokens").GetInt32());

        // The answer alone is what a person sees, and what the prompt's own text gives.
        Assert.Equal(line.GetProperty("text").GetString() + "\n", Generate("--chat", "Who is the king?", "--system", "Be brief.", "--max-tokens", "6").Out);
        Assert.Equal(line.GetProperty("text").GetString() + "\n", CommandRun.Of("generate", Prompt, "--no-prompt", "--seed", "1", "--max-tokens", "6").Out);
    }

    [Fact]
    public void Rows_of_JSON_are_conversations()
    {
        var input = _folder.Write(
            "rows.jsonl",
            """
            {"n": 1, "messages": [{"role": "user", "content": "Hi"}]}
            {"n": 2, "text": "Who?"}
            {"n": 3, "messages": [{"role": "system", "content": "Sing."}, {"role": "user", "content": "Hi"}], "add_generation_prompt": false}
            {"n": 4, "messages": 5}
            """);
        var run = Generate("--chat", "--input", input, "--id-field", "n", "--system", "Be brief.", "--show-prompt", "--jsonl");
        Assert.Equal(3, run.Code);
        Assert.Contains("row 4:", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["system:Be brief.\nuser:Hi\nassistant:", "system:Be brief.\nuser:Who?\nassistant:", "system:Sing.\nuser:Hi\n"],
            run.Lines.Select(line => line.GetProperty("prompt").GetString()));
        Assert.Equal([1, 2, 3], run.Lines.Select(line => line.GetProperty("rowId").GetInt32()));
    }

    [Theory]
    [InlineData("""[{"role": "user", "content": "Hi"}]""", 1)]
    [InlineData("""{"messages": [{"role": "user", "content": "Hi"}]}""", 1)]
    [InlineData("[{\"role\": \"user\", \"content\": \"Hi\"}]\n\n{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}\n", 2)]
    public void A_file_holds_a_conversation_or_one_a_line(string text, int count)
    {
        var path = _folder.Write("messages.json", text);
        Assert.Equal(Enumerable.Repeat("user:Hi\nassistant:", count), Prompts(Generate("--messages", path, "--show-prompt", "--jsonl").Succeeded()));
        var piped = CommandRun.With(new Conditions { Input = text }, "generate", "--messages", "-", "--show-prompt", "--jsonl", "--chat-template", _template);
        Assert.Equal(count, piped.Succeeded().Lines.Count);
    }

    [Fact]
    public void Tools_documents_and_variables_reach_the_template()
    {
        var template = _folder.Write("tools.jinja", "{% for t in tools %}{{ t.function.name }} {% endfor %}{{ documents[0].title }} {{ mood }}");
        var tools = _folder.Write("tools.json", """[{"type": "function", "function": {"name": "look_up"}}]""");
        var documents = _folder.Write("documents.json", """[{"title": "A page", "text": "..."}]""");
        var run = CommandRun.Of(
            "generate", "--chat", "Hi", "--chat-template", template, "--tools", tools, "--documents", documents, "--chat-template-kwargs", """{"mood": "glad"}""", "--show-prompt");
        Assert.Equal("look_up A page glad\n", run.Succeeded().Out);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        CommandRun.Of("generate", "--chat", "Hi").Refused(2, "has no chat template");
        CommandRun.Of("chat", "--chat-template", _folder["nothing.jinja"]).Refused(2, "it does not exist");
        CommandRun.Of("generate", "Hi", "--system", "x").Refused(2, "--system goes with a conversation");
        Generate("--chat", "Hi", "--truncate").Refused(2, "--truncate does not go with a conversation");
        Generate("--messages", _folder.Write("m.json", "[]")).Refused(1, "at least one message");
        Generate("--messages", _folder.Write("m.json", "[]"), "Hi").Refused(2, "exclude each other");
        Generate("--chat", "Hi", "--tools", _folder.Write("t.json", "{}")).Refused(1, "must be a list of JSON objects");
        CommandRun.With(new Conditions { Input = "Hi\n" }, "chat", "--count", "2", "--chat-template", _template).Refused(2, "one answer a turn");
    }

    [Fact]
    public void Lines_of_the_input_are_turns()
    {
        var conditions = new Conditions { Input = "Who is the king?\n\n/help is no command here\n" };
        var turns = CommandRun.With(conditions, [.. Chat, "--json"]).Succeeded().Lines;
        Assert.Equal(["Who is the king?", "/help is no command here"], turns.Select(turn => turn.GetProperty("user").GetString()));
        Assert.Equal([0, 1], turns.Select(turn => turn.GetProperty("turn").GetInt32()));
        Assert.All(turns, turn => Assert.Equal("length", turn.GetProperty("finishReason").GetString()));
        Assert.Equal(
            string.Concat(turns.Select(turn => turn.GetProperty("text").GetString() + "\n")),
            CommandRun.With(conditions, Chat).Succeeded().Out);
        Assert.Equal(Documented(), turns[0].EnumerateObject().Select(field => field.Name == "message" ? "message.role" : field.Name));
    }

    [Fact]
    public void A_person_has_commands()
    {
        var saved = _folder["saved.json"];
        var input = $"Who is the king?\n/system Be brief.\n/nonsense\nAnd the queen?\n/undo\n//slash\n/save {saved}\n/save {saved}\n/help\n/reset\n/exit\nnever read\n";
        var run = CommandRun.With(new Conditions { Input = input, InputIsRedirected = false, IsTerminal = true, Variables = { ["NO_COLOR"] = "1" } }, Chat).Succeeded();
        var messages = CommandRun.Parse(File.ReadAllText(saved)).EnumerateArray().Select(message => message.GetProperty("content").GetString()).ToList();
        Assert.Equal(5, messages.Count);
        Assert.Equal(("Be brief.", "Who is the king?", "/slash"), (messages[0], messages[1], messages[3]));
        Assert.Contains("there is no command '/nonsense'", run.Error, StringComparison.Ordinal);
        Assert.Contains("taken back: And the queen?", run.Error, StringComparison.Ordinal);
        Assert.Contains("exists already", run.Error, StringComparison.Ordinal);
        Assert.Contains("/undo", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("never read", run.Out + run.Error, StringComparison.Ordinal);

        // What was saved can be gone on with.
        var again = CommandRun.With(new Conditions { Input = "More?\n" }, [.. Chat, "--messages", saved, "--json"]).Succeeded().Lines[0];
        Assert.True(again.GetProperty("promptTokens").GetInt32() > 30);
    }

    [Fact]
    public void A_full_context_is_said()
    {
        var input = string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("the king and the queen ", 12)) + "\n", 10));
        var run = CommandRun.With(new Conditions { Input = input }, [.. Chat, "--json"]).Succeeded();
        Assert.Contains("the model no longer reads the oldest", run.Error, StringComparison.Ordinal);
        Assert.True(run.Lines[^1].GetProperty("leftOut").GetInt32() > 0);
        var tooLong = CommandRun.With(new Conditions { Input = string.Concat(Enumerable.Repeat("the king ", 600)) + "\nHi\n" }, Chat);
        Assert.Equal(3, tooLong.Code);
        Assert.Contains("the last turn alone", tooLong.Error, StringComparison.Ordinal);
    }

    private string[] Chat => ["chat", "--chat-template", _template, "--seed", "1", "--max-tokens", "6"];

    private CommandRun Generate(params string[] args) => CommandRun.Of(["generate", .. args, "--chat-template", _template, "--seed", "1"]);

    private static IEnumerable<string?> Prompts(CommandRun run) => run.Lines.Select(line => line.GetProperty("prompt").GetString());

    private static IEnumerable<string> Documented()
    {
        var page = File.ReadAllText(Path.Combine(GoldenRoot.RepositoryRoot, "docs", "output.md")).ReplaceLineEndings("\n");
        var section = page[(page.IndexOf("\n## chat\n", StringComparison.Ordinal) + 1)..];
        return section[..section.IndexOf("\n## ", StringComparison.Ordinal)].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && !line.Contains("message.content", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);
    }
}
