namespace Gptx;

/// <summary>How far a long piece of work is.</summary>
/// <param name="What">What is being done, for example <c>comparing</c>.</param>
/// <param name="Done">How much is done.</param>
/// <param name="Total">How much there is, in the same unit.</param>
public readonly record struct WorkProgress(string What, long Done, long Total);
