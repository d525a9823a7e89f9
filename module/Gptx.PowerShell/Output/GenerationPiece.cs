using Gptx.Generation;

namespace Gptx.PowerShell;

/// <summary>What one step of generation adds to one continuation.</summary>
/// <param name="Prompt">The prompt, or its ids.</param>
/// <param name="Index">Which prompt of the input, from 0.</param>
/// <param name="Continuation">Which continuation of the prompt, from 0.</param>
/// <param name="Position">Which token of the continuation, from 0.</param>
/// <param name="Text">Text that is now certain: whole characters, and no part of a stop string. It may be empty.</param>
/// <param name="Token">The text of this step's token.</param>
/// <param name="Id">The token's id.</param>
/// <param name="LogProbability">ln of its probability as the model has it.</param>
/// <param name="Rank">1 if it was the model's most probable token.</param>
/// <param name="FinishReason">Why the continuation ended, at its last step; else null.</param>
/// <param name="Model">The model's name.</param>
public sealed record GenerationPiece(
    string Prompt,
    int Index,
    int Continuation,
    int Position,
    string Text,
    string Token,
    int Id,
    double LogProbability,
    int Rank,
    FinishReason? FinishReason,
    string Model)
{
    /// <summary>The piece alone: pieces joined are the text.</summary>
    public override string ToString() => Text;
}
