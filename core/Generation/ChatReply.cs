using Gptx.Chat;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Generation;

/// <summary>A model's answer in a conversation.</summary>
/// <param name="Message">The answer as a message, to be put behind the others and sent again.</param>
/// <param name="PromptTokens">Number of tokens that the conversation was.</param>
/// <param name="Generated">The answer as generated text: tokens, settings, and why it ended.</param>
public sealed record ChatReply(ChatMessage Message, int PromptTokens, GeneratedText Generated)
{
    private const string Assistant = "assistant";
    private const int UsualAnswer = 512;

    /// <summary>The answer, without special tokens and without what stopped it.</summary>
    public string Text => Generated.Text;

    /// <summary>What the model read: the conversation as its template renders it.</summary>
    public string Prompt => Generated.Prompt;

    /// <summary>Which conversation of the input, from 0.</summary>
    public int Index => Generated.Index;

    /// <summary>Which answer to the conversation, from 0.</summary>
    public int Continuation => Generated.Continuation;

    /// <summary>Number of tokens that were generated, with the one that stopped it.</summary>
    public int AnswerTokens => Generated.Tokens.Count;

    /// <summary>Why it ended.</summary>
    public FinishReason FinishReason => Generated.FinishReason;

    /// <summary>The generated tokens.</summary>
    public IReadOnlyList<GeneratedToken> Tokens => Generated.Tokens;

    /// <summary>The seed of its draws.</summary>
    public ulong Seed => Generated.Seed;

    /// <summary>The model's name.</summary>
    public string Model => Generated.Model;

    /// <summary>The answer that a generated text is.</summary>
    /// <param name="prompt">The prompt that was continued.</param>
    /// <param name="text">The text.</param>
    public static ChatReply Of(TokenSequence prompt, GeneratedText text) => new(new ChatMessage(Assistant, text.Text), prompt.Count, text);

    /// <summary>
    /// Options for an answer: where neither they nor the model's generation_config.json say how long it may be, 512 tokens, since the 50 of running text
    /// cut answers off in the middle.
    /// </summary>
    public static GenerationOptions Defaults(GenerationOptions options, GenerationConfig config) =>
        options.MaxTokens is null && config.MaxNewTokens is null ? options with { MaxTokens = Math.Max(UsualAnswer, options.MinTokens ?? 0) } : options;

    /// <summary>The answer alone.</summary>
    public override string ToString() => Generated.Text;
}
