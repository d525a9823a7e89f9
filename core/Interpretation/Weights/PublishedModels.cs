namespace Gptx.Interpretation;

/// <summary>
/// Models whose sizes are published, to stand beside one's own: GPT-2 (Radford et al. 2019, the released configs) and GPT-3 (Brown et al. 2020,
/// table 2.1; a vocabulary of 50,257, learned positions, tied embeddings). Parameters are counted from the sizes; GPT-3's sparse attention has as many.
/// </summary>
public static class PublishedModels
{
    private const int Vocabulary = 50257;

    private static readonly (string Name, int Blocks, int Heads, int Width, int Context)[] Sizes =
    [
        ("gpt2", 12, 12, 768, 1024),
        ("gpt2-medium", 24, 16, 1024, 1024),
        ("gpt2-large", 36, 20, 1280, 1024),
        ("gpt2-xl", 48, 25, 1600, 1024),
        ("gpt3-small", 12, 12, 768, 2048),
        ("gpt3-medium", 24, 16, 1024, 2048),
        ("gpt3-large", 24, 16, 1536, 2048),
        ("gpt3-xl", 24, 24, 2048, 2048),
        ("gpt3-2.7b", 32, 32, 2560, 2048),
        ("gpt3-6.7b", 32, 32, 4096, 2048),
        ("gpt3-13b", 40, 40, 5140, 2048),
        ("gpt3", 96, 96, 12288, 2048),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => [.. Sizes.Select(size => size.Name)];

    /// <summary>One of them.</summary>
    /// <exception cref="GptxException"><c>PublishedModelUnknown</c>.</exception>
    public static ModelAnatomy Find(string name)
    {
        var found = Array.FindIndex(Sizes, size => size.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (found < 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "PublishedModelUnknown", $"the sizes of '{name}' are not known here: there are {string.Join(", ", Names)}");
        }

        var (called, blocks, heads, width, context) = Sizes[found];
        return Gpt(called, blocks, heads, width, 4 * width, Vocabulary, context);
    }

    /// <summary>A GPT of these sizes, with biases everywhere, learned positions and tied embeddings.</summary>
    internal static ModelAnatomy Gpt(string name, int blocks, int heads, long width, long mlp, long vocabulary, long context) => new(
        name,
        blocks,
        heads,
        (int)width,
        (int)mlp,
        (int)vocabulary,
        (int)context,
        LongestPath: 2 + (10 * blocks) + 2,
        TokenEmbedding: vocabulary * width,
        PositionEmbedding: context * width,
        Attention: blocks * ((4 * width * width) + (4 * width)),
        FeedForward: blocks * ((2 * width * mlp) + mlp + width),
        Norms: (blocks * 4 * width) + (2 * width),
        Head: 0);
}
