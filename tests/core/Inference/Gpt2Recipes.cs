using Gptx.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>Random checkpoints of many shapes: odd head widths, one head, tiny vocabularies, every option of the config.</summary>
internal static class Gpt2Recipes
{
    public static IReadOnlyDictionary<string, Gpt2Recipe> All { get; } = new Dictionary<string, Gpt2Recipe>(StringComparer.Ordinal)
    {
        ["plain"] = new(),
        ["one head"] = new() { Heads = 1, HeadWidth = 16, Seed = 2 },
        ["head width 1"] = new() { Heads = 4, HeadWidth = 1, Seed = 3 },
        ["head width 5"] = new() { Heads = 3, HeadWidth = 5, Seed = 4 },
        ["head width 12"] = new() { Heads = 2, HeadWidth = 12, Seed = 5 },
        ["head width 64"] = new() { Heads = 2, HeadWidth = 64, Blocks = 1, Seed = 6 },
        ["one block"] = new() { Blocks = 1, Seed = 7 },
        ["five blocks"] = new() { Blocks = 5, Heads = 2, Seed = 8 },
        ["vocabulary 1"] = new() { Vocabulary = 1, Seed = 9 },
        ["vocabulary 2"] = new() { Vocabulary = 2, Seed = 10 },
        ["vocabulary 3"] = new() { Vocabulary = 3, Seed = 11 },
        ["context 1"] = new() { Context = 1, Seed = 12 },
        ["scaled by layer"] = new() { ScalesByLayer = true, Blocks = 3, Seed = 13 },
        ["not scaled"] = new() { ScalesAttention = false, Seed = 14 },
        ["relu, narrow"] = new() { Activation = "relu", MlpWidth = 7, Seed = 15 },
        ["silu, wide"] = new() { Activation = "silu", MlpWidth = 130, Seed = 16 },
        ["tanh"] = new() { Activation = "tanh", Seed = 17 },
        ["untied"] = new() { IsTied = false, Seed = 18 },
        ["all options"] = new() { IsTied = false, ScalesByLayer = true, Activation = "relu", MlpWidth = 50, HeadWidth = 10, Seed = 19 },
        ["half"] = new() { StoredAs = ElementType.Float16, Seed = 20 },
        ["bfloat16"] = new() { StoredAs = ElementType.BFloat16, Seed = 21 },
    };

    public static TheoryData<string> Names { get; } = [.. All.Keys];

    /// <summary>Those whose weights are stored as they were drawn.</summary>
    public static TheoryData<string> Exact { get; } = [.. All.Where(recipe => recipe.Value.StoredAs == ElementType.Float32).Select(recipe => recipe.Key)];

    /// <summary>The lengths of a ragged batch that fits a context.</summary>
    public static int[] Ragged(Gpt2Recipe recipe) => [.. ((int[])[5, 1, recipe.Context, 3]).Select(length => Math.Min(length, recipe.Context))];
}
