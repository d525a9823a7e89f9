namespace Gptx.Activations;

/// <summary>What is done to a value while the model runs.</summary>
public enum InterventionKind
{
    /// <summary>The numbers take the value's place (activation patching, ablation).</summary>
    Set,

    /// <summary>The numbers are added to it (steering).</summary>
    Add,

    /// <summary>It is multiplied by one number.</summary>
    Scale,
}

/// <summary>
/// Something put into a named activation while the model runs; all that is computed after it follows from the changed value, and an activation
/// that is asked for is handed out as changed. Several at one activation are done in their order.
/// </summary>
/// <param name="Name">The activation's name: one with a row a token, by head or not (<c>blocks.3.resid_pre</c>, <c>blocks.0.attn.z</c>).</param>
/// <param name="Kind">What is done.</param>
/// <param name="Values">
/// One vector for every position, as wide as the activation (all heads side by side), or as one head where <see cref="Head"/> is given; or one vector
/// for each position meant, in their order. Of <see cref="InterventionKind.Scale"/> one number.
/// </param>
public sealed record Intervention(string Name, InterventionKind Kind, ReadOnlyMemory<float> Values)
{
    /// <summary>The head that is meant, from 0; null means all.</summary>
    public int? Head { get; init; }

    /// <summary>The positions that are meant, from 0; null means all.</summary>
    public IReadOnlyList<int>? Positions { get; init; }

    /// <summary>The row of the batch that is meant, from 0; null means all.</summary>
    public int? Row { get; init; }

    /// <summary>Numbers in place of an activation.</summary>
    public static Intervention Set(string name, ReadOnlyMemory<float> values) => new(name, InterventionKind.Set, values);

    /// <summary>Numbers added to an activation.</summary>
    public static Intervention Add(string name, ReadOnlyMemory<float> values) => new(name, InterventionKind.Add, values);

    /// <summary>An activation times a number; 0 takes it away.</summary>
    public static Intervention Scale(string name, float factor) => new(name, InterventionKind.Scale, new[] { factor });
}
