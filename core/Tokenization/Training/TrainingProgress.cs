using System.Runtime.InteropServices;

namespace Gptx.Tokenization.Training;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">Characters counted (UTF-16 units), or tokens in the vocabulary.</param>
/// <param name="Total">Tokens asked for; null while texts are counted, since nobody knows how many will come.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TrainingProgress(TrainingStage Stage, long Done, long? Total);

/// <summary>The stages of a training.</summary>
public enum TrainingStage
{
    /// <summary>Texts are cut into words, and words are counted.</summary>
    Counting,

    /// <summary>Pairs of tokens are merged, the most frequent first.</summary>
    Merging,
}
