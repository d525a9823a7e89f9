namespace Gptx.Generation;

/// <summary>What a logits processor may know besides the logits: the ids of the text so far, and where the prompt ends in them.</summary>
public readonly ref struct SamplingContext
{
    /// <summary>A text of <paramref name="tokens"/>, the first <paramref name="promptLength"/> of which are the prompt.</summary>
    /// <exception cref="GptxException">InvalidArgument: the prompt is longer than the text, or its length is negative.</exception>
    public SamplingContext(ReadOnlySpan<int> tokens, int promptLength)
    {
        if (promptLength < 0 || promptLength > tokens.Length)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "PromptLengthOutOfRange",
                $"prompt length {promptLength} is not allowed: the text has {tokens.Length} tokens");
        }

        Tokens = tokens;
        PromptLength = promptLength;
    }

    /// <summary>Prompt and generated ids, in order.</summary>
    public ReadOnlySpan<int> Tokens { get; }

    /// <summary>How many of <see cref="Tokens"/> are the prompt.</summary>
    public int PromptLength { get; }

    /// <summary>The ids generated so far, in order.</summary>
    public ReadOnlySpan<int> Generated => Tokens[PromptLength..];

    /// <summary>How many tokens were generated so far; 0 when the first one is drawn.</summary>
    public int GeneratedCount => Tokens.Length - PromptLength;
}
