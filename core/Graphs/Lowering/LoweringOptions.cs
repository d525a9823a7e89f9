namespace Gptx.Graphs.Lowering;

/// <summary>How keys and values of earlier tokens are kept while text is generated.</summary>
public enum CacheForm
{
    /// <summary>No cache: every token is computed.</summary>
    None,

    /// <summary>One buffer a layer that is read and written in place (<c>com.microsoft.GroupQueryAttention</c>, past and present the same memory).</summary>
    InPlace,

    /// <summary>New keys and values are joined to the old ones at each step: standard operators, any execution provider, one copy a step.</summary>
    Growing,

    /// <summary>
    /// As exporters do it, for other programs: <c>past_key_values.N.key</c> and <c>.value</c> go in, <c>present.N.key</c> and <c>.value</c> come out, and
    /// <c>attention_mask</c> covers both; logits of all tokens. An encoder, which has no cache, reads its mask and makes positions itself.
    /// </summary>
    Exported,
}

/// <summary>What is wanted of a graph, apart from what it computes.</summary>
/// <param name="Outputs">The names of the activations to hand out; whatever they do not need is left away.</param>
/// <param name="Cache">How earlier keys and values are kept.</param>
/// <param name="Weights">Says where a weight of the checkpoint lies.</param>
public sealed record LoweringOptions(IReadOnlyList<string> Outputs, CacheForm Cache, Func<string, StoredWeight> Weights)
{
    /// <summary>
    /// Says whether a matrix stays quantized in the graph, and how; several are asked for as one. The second argument says that they are stored [in, out].
    /// Null: none does.
    /// </summary>
    public Func<IReadOnlyList<string>, bool, BlockWeight?>? Blocks { get; init; }

    /// <summary>Whether products with quantized matrices round what they multiply to 8 bits too: faster, and no longer exact.</summary>
    public bool Int8Activations { get; init; }

    /// <summary>Whether only the last row of each sequence goes on to the unembedding.</summary>
    public bool OnlyLastRows => Cache is CacheForm.InPlace or CacheForm.Growing;

    /// <summary>Whether the graph is for other programs.</summary>
    public bool IsExported => Cache == CacheForm.Exported;

    /// <summary>What an activation is called as an output; by default as everywhere.</summary>
    public Func<string, string> NameOf { get; init; } = name => name;

    /// <summary>The name of the dimension of rows.</summary>
    internal string Batch => IsExported ? "batch_size" : "batch";

    /// <summary>The name of the dimension of tokens.</summary>
    internal string Position => IsExported ? "sequence_length" : "position";

    /// <summary>The activations into which something is put: value times a fed number plus a fed value (<see cref="InterventionLowering"/>).</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The activation that is fed in place of being computed, with all that it alone rests on; null for none.</summary>
    public string? Fed { get; init; }
}
