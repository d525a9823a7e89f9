using System.Text.Json;
using Gptx.Chat;

namespace Gptx.Tests.Chat;

/// <summary>Where templates are found, which one is taken, and what a request may hold.</summary>
public sealed class ChatTemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gptx-chat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_without_a_template_has_none()
    {
        Assert.False(ChatTemplate.TryFind(_folder, out _));
        Assert.Equal("ChatTemplateNotFound", Assert.Throws<GptxException>(() => ChatTemplate.Load(_folder)).ErrorId);
        Write("tokenizer_config.json", """{"bos_token": "<s>"}""");
        Assert.False(ChatTemplate.TryFind(_folder, out _));
    }

    [Fact]
    public void A_file_of_its_own_goes_before_the_config_of_the_tokenizer()
    {
        Write("tokenizer_config.json", """{"chat_template": "config{{ bos_token }}{{ eos_token }}{{ image_token }}", "bos_token": {"content": "<s>", "lstrip": false}, "eos_token": null, "extra_special_tokens": {"image_token": "<i>"}}""");
        Write("special_tokens_map.json", """{"eos_token": "</s>", "bos_token": "other"}""");
        Assert.Equal("config<s></s><i>", Render(ChatTemplate.Load(_folder)));
        Write("chat_template.json", """{"chat_template": "json"}""");
        Assert.Equal("json", Render(ChatTemplate.Load(_folder)));
        Write("chat_template.jinja", "jinja{{ eos_token }}\n");
        Assert.Equal("jinja</s>", Render(ChatTemplate.Load(_folder)));
    }

    [Fact]
    public void Of_several_templates_tools_take_tool_use_and_others_the_default()
    {
        Write("tokenizer_config.json", """{"chat_template": [{"name": "default", "template": "d"}, {"name": "tool_use", "template": "t"}, {"name": "rag", "template": "r"}]}""");
        var template = ChatTemplate.Load(_folder);
        Assert.Equal("d", Render(template));
        Assert.Equal("t", template.Render(Request() with { Tools = [Json("{}")] }, TestContext.Current.CancellationToken).Text);
        Assert.Equal("r", template.Render(Request() with { TemplateName = "rag" }, TestContext.Current.CancellationToken).Text);
        var error = Assert.Throws<GptxException>(() => template.Render(Request() with { TemplateName = "x" }, TestContext.Current.CancellationToken));
        Assert.Equal("ChatTemplateNameUnknown", error.ErrorId);
        Assert.Contains("default, rag, tool_use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Additional_templates_lie_in_a_folder()
    {
        Directory.CreateDirectory(Path.Join(_folder, "additional_chat_templates"));
        Write("chat_template.jinja", "d");
        Write("additional_chat_templates/tool_use.jinja", "t");
        Assert.Equal("t", ChatTemplate.Load(_folder).Render(Request() with { Tools = [Json("{}")] }, TestContext.Current.CancellationToken).Text);
    }

    [Theory]
    [InlineData("{\"chat_template\": 5}")]
    [InlineData("{\"chat_template\": [{\"name\": \"x\"}]}")]
    [InlineData("[]")]
    [InlineData("{")]
    public void A_damaged_file_is_an_error(string config)
    {
        Write("tokenizer_config.json", config);
        Assert.Equal("ChatTemplateUnreadable", Assert.Throws<GptxException>(() => ChatTemplate.Load(_folder)).ErrorId);
    }

    [Fact]
    public void A_message_shows_its_text_and_gives_the_template_all_it_has()
    {
        var message = ChatMessage.Parse("""{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "a"}, {"type": "text", "text": "b"}], "name": "n"}""");
        Assert.Equal(("user", "ab"), (message.Role, message.Text));
        Assert.Equal("n2", ChatTemplate.Parse("{{ messages[0].name }}{{ messages[0].content[1:]|length }}").Render(new ChatRequest { Messages = [message] }, TestContext.Current.CancellationToken).Text);
        Assert.All((string[])["5", "[]", "{\"role\": 1}", "{\"content\": {}}", "{"], json => Assert.Equal("ChatMessageInvalid", Assert.Throws<GptxException>(() => ChatMessage.Parse(json)).ErrorId));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_message_is_kept()
    {
        var message = ChatMessage.Parse("""{"role": "user", "content": "a"}""");
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["x"] = Json("\"\\ud83d\\n\"") };
        Assert.Equal("\uD83D\n2", ChatTemplate.Parse("{{ x }}{{ x|length }}").Render(new ChatRequest { Messages = [message], Variables = variables }, TestContext.Current.CancellationToken).Text);
    }

    [Fact]
    public void The_end_of_the_last_message_is_where_the_model_goes_on()
    {
        var template = ChatTemplate.Parse("{% for m in messages %}<{{ m.role }}>{% generation %}{{ m.content|trim }}{% endgeneration %}</>{% endfor %}");
        var request = new ChatRequest { Messages = [new("user", "é😀"), new("assistant", "half an ")], AddGenerationPrompt = false, ContinueFinalMessage = true };
        var rendered = template.Render(request, TestContext.Current.CancellationToken);
        Assert.Equal("<user>é😀</><assistant>half an", rendered.Text);
        Assert.Equal([new GenerationSpan(6, 3, 6, 8), new GenerationSpan(23, 7, 22, 29)], rendered.GenerationSpans);
        Assert.Equal("ChatNotContinuable", Assert.Throws<GptxException>(() => template.Render(request with { AddGenerationPrompt = true }, TestContext.Current.CancellationToken)).ErrorId);
        Assert.Equal("ChatNotContinuable", Assert.Throws<GptxException>(() => ChatTemplate.Parse("no").Render(request, TestContext.Current.CancellationToken)).ErrorId);
    }

    [Fact]
    public void A_variable_cannot_take_the_place_of_the_messages()
    {
        var request = Request() with { Variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["messages"] = Json("[]") } };
        Assert.Equal("ChatVariableTaken", Assert.Throws<GptxException>(() => ChatTemplate.Parse("").Render(request, TestContext.Current.CancellationToken)).ErrorId);
    }

    [Fact]
    public void One_template_serves_several_threads()
    {
        var template = ChatTemplate.Parse("{% for m in messages %}{{ m.content|upper }}{% endfor %}");
        Parallel.For(0, 200, i => Assert.Equal($"X{i}", template.Render(new ChatRequest { Messages = [new("user", $"x{i}")] }, CancellationToken.None).Text));
    }

    private static ChatRequest Request() => new() { Messages = [new ChatMessage("user", "Hi")] };

    private static string Render(ChatTemplate template) => template.Render(Request(), TestContext.Current.CancellationToken).Text;

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private void Write(string name, string text) => File.WriteAllText(Path.Join(_folder, name), text);
}
