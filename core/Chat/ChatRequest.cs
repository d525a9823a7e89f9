using System.Text.Json;

namespace Gptx.Chat;

/// <summary>What a chat template renders: a conversation and all that goes with it.</summary>
public sealed record ChatRequest
{
    /// <summary>The conversation, first message first.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>Whether the text ends where the assistant begins to speak. On, since that is what a model continues.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>
    /// Whether the text ends where the last message ends, so that a model continues that message; the generation prompt must then be off. Off, since
    /// most conversations end with the user.
    /// </summary>
    public bool ContinueFinalMessage { get; init; }

    /// <summary>The tools that the model may call, JSON objects, usually <c>{"type": "function", "function": {...}}</c>; null in the template where not given.</summary>
    public IReadOnlyList<JsonElement>? Tools { get; init; }

    /// <summary>The documents that the model may read, JSON objects, usually with <c>title</c> and <c>text</c>; null in the template where not given.</summary>
    public IReadOnlyList<JsonElement>? Documents { get; init; }

    /// <summary>Further variables that the template reads, for example <c>enable_thinking</c>; they go before special tokens of the same name.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }

    /// <summary>Which of several templates; by default <c>tool_use</c> where tools are given and there is one, else <c>default</c>.</summary>
    public string? TemplateName { get; init; }

    /// <summary>What <c>strftime_now</c> reads, in its local time zone.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
