namespace Gptx.Checkpoints.Hub;

/// <summary>A failure that may be gone at the next attempt: a broken connection, 429, an error of the server's own.</summary>
internal sealed class PassingFault(GptxException error, TimeSpan? retryAfter = null) : Exception(error.Message, error)
{
    /// <summary>What it is for a person, when the attempts are used up.</summary>
    public GptxException Error => error;

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
