namespace Gptx.Generation;

/// <summary>Why a text ended.</summary>
public enum FinishReason
{
    /// <summary>It has as many tokens as were allowed.</summary>
    Length,

    /// <summary>The model ended it, or a stop token came.</summary>
    StopToken,

    /// <summary>A stop string came.</summary>
    StopString,

    /// <summary>Prompt and text fill the model's context.</summary>
    Context,
}

/// <summary>A token that might have been generated in another's place.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Token">The token's text.</param>
/// <param name="LogProbability">ln of its probability as the model has it.</param>
/// <param name="ProcessedLogProbability">The same after the chain of processors.</param>
/// <param name="Rank">1 for the model's most probable token.</param>
public sealed record Alternative(int Id, string Token, double LogProbability, double ProcessedLogProbability, int Rank)
{
    /// <summary>The token's text.</summary>
    public override string ToString() => Token;
}

/// <summary>One generated token.</summary>
/// <param name="Position">Its place among the generated tokens, from 0.</param>
/// <param name="Id">The token's id.</param>
/// <param name="Token">The token's text.</param>
/// <param name="LogProbability">ln of its probability as the model has it.</param>
/// <param name="ProcessedLogProbability">
/// ln of the probability with which it was drawn, after the chain of processors; with beams the log-probability after the chain, not normalised again, which the score adds up.
/// </param>
/// <param name="Rank">1 if it was the model's most probable token.</param>
/// <param name="Alternatives">The model's most probable tokens there, as many as were asked for.</param>
public sealed record GeneratedToken(
    int Position, int Id, string Token, double LogProbability, double ProcessedLogProbability, int Rank, IReadOnlyList<Alternative> Alternatives)
{
    /// <summary>The token's text.</summary>
    public override string ToString() => Token;
}

/// <summary>A finished continuation of a prompt, with all that is needed to make it again.</summary>
/// <param name="Prompt">The prompt, or its ids.</param>
/// <param name="Index">Which prompt of the input, from 0.</param>
/// <param name="Continuation">Which continuation of the prompt, from 0; with beams 0 is the best.</param>
/// <param name="Text">The generated text, without the prompt and without what stopped it.</param>
/// <param name="Tokens">The generated tokens, with the one that stopped it.</param>
/// <param name="FinishReason">Why it ended.</param>
/// <param name="StopString">The stop string that ended it, or null.</param>
/// <param name="Settings">Every setting with which it was made.</param>
/// <param name="Model">The model's name.</param>
public sealed record GeneratedText(
    string Prompt,
    int Index,
    int Continuation,
    string Text,
    IReadOnlyList<GeneratedToken> Tokens,
    FinishReason FinishReason,
    string? StopString,
    SamplingSettings Settings,
    string Model)
{
    /// <summary>The chain of processors in order, with their values.</summary>
    public string Chain => SamplingChain.Create(Settings).Describe();

    /// <summary>The seed of its draws.</summary>
    public ulong Seed => Settings.Seed;

    /// <summary>With beams the sum of the tokens' processed log-probabilities (nats) divided by their number ** length penalty; higher is better. Null without.</summary>
    public double? Score { get; init; }

    /// <summary>The text alone.</summary>
    public override string ToString() => Text;
}

/// <summary>What one step of generation adds to one continuation.</summary>
/// <param name="Index">Which prompt of the input, from 0.</param>
/// <param name="Continuation">Which continuation of the prompt, from 0.</param>
/// <param name="Text">Text that is now certain: whole characters, and no part of a stop string. It may be empty.</param>
/// <param name="Token">The token of this step.</param>
/// <param name="Finished">The whole continuation, when this step ended it; else null.</param>
public sealed record GenerationStep(int Index, int Continuation, string Text, GeneratedToken Token, GeneratedText? Finished);
