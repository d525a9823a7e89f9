using System.Text.Json;
using Gptx.Templates;

namespace Gptx.Chat;

/// <summary>What a template sees of a request: messages, tools, documents, add_generation_prompt, special tokens, and the caller's variables.</summary>
internal static class RequestVariables
{
    public static IEnumerable<KeyValuePair<string, TemplateValue>> Of(ChatRequest request, IReadOnlyDictionary<string, string> specialTokens, ContinuedMessage? continuation, Rendering run)
    {
        foreach (var (name, text) in specialTokens)
        {
            yield return new(name, new TextValue(text));
        }

        foreach (var (name, value) in request.Variables ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            yield return new(name, JsonValues.Of(value, run));
        }

        var messages = request.Messages.Select(message => Message(message, run)).ToList();
        continuation?.Mark(messages);
        yield return new("messages", new ListValue(messages));
        yield return new("tools", List(request.Tools, run));
        yield return new("documents", List(request.Documents, run));
        yield return new("add_generation_prompt", BooleanValue.Of(request.AddGenerationPrompt));
    }

    // What the assistant thought goes by three names; templates read one or the other.
    private static TemplateValue Message(ChatMessage message, Rendering run)
    {
        var value = (DictionaryValue)JsonValues.Of(message.Json, run);
        var thought = value.Get("reasoning_content") ?? value.Get("thinking") ?? value.Get("reasoning");
        foreach (var name in thought is null ? [] : (ReadOnlySpan<string>)["reasoning_content", "thinking"])
        {
            if (value.Get(name) is null)
            {
                value.Set(new TextValue(name), thought!);
            }
        }

        return value;
    }

    private static TemplateValue List(IReadOnlyList<JsonElement>? elements, Rendering run) =>
        elements is null ? NoneValue.Instance : new ListValue([.. elements.Select(element => JsonValues.Of(element, run))]);
}
