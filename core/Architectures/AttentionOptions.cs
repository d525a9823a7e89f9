using Gptx.Graphs;

namespace Gptx.Architectures;

/// <summary>What one layer's attention has besides its projections.</summary>
internal sealed record AttentionOptions
{
    /// <summary>How queries and keys are turned by their positions; null where they are not.</summary>
    public RotaryEmbedding? Rotary { get; init; }

    /// <summary>What scores are multiplied by; 1 / sqrt(head width) where it is null.</summary>
    public float? Scale { get; init; }

    /// <summary>How many keys a query sees at most, on each side where it is not causal; null where it sees all.</summary>
    public int? Window { get; init; }

    /// <summary>What scores are bent to stay below; null where they are not.</summary>
    public float? SoftCap { get; init; }

    /// <summary>What is added to scores, [1, H, T, T]; null for nothing.</summary>
    public Value? ScoreBias { get; init; }

    /// <summary>Whether the projections of queries, keys and values have biases.</summary>
    public bool Bias { get; init; }

    /// <summary>Whether the output projection has a bias.</summary>
    public bool OutputBias { get; init; }

    /// <summary>What is done to each of queries, keys and values after its projection, by its letter: a norm, a clip. Null: nothing.</summary>
    public Func<Value, char, Value>? Then { get; init; }
}
