using System.Text.Json;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>What a random GPT-2 is made of.</summary>
internal sealed record Gpt2Recipe
{
    public int Seed { get; init; } = 1;

    public int Blocks { get; init; } = 2;

    public int Heads { get; init; } = 3;

    public int HeadWidth { get; init; } = 8;

    public int Vocabulary { get; init; } = 37;

    public int Context { get; init; } = 24;

    public int? MlpWidth { get; init; }

    public string Activation { get; init; } = "gelu_new";

    public bool IsTied { get; init; } = true;

    public bool ScalesAttention { get; init; } = true;

    public bool ScalesByLayer { get; init; }

    public ElementType StoredAs { get; init; } = ElementType.Float32;

    public int Width => Heads * HeadWidth;
}

/// <summary>A checkpoint of random numbers in a folder of its own, gone after the test. Attention is far from uniform and no part is trivial.</summary>
internal sealed class RandomGpt2 : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, float[]> _tensors = new(StringComparer.Ordinal);
    private readonly SafetensorsWriter _writer = new();
    private readonly Random _random;

    public RandomGpt2(Gpt2Recipe? recipe = null)
    {
        Recipe = recipe ?? new Gpt2Recipe();
        _random = new Random(Recipe.Seed);
        var (width, mlp) = (Recipe.Width, Recipe.MlpWidth ?? 4 * Recipe.Width);
        Add("wte.weight", 0.6, 0, Recipe.Vocabulary, width);
        Add("wpe.weight", 0.3, 0, Recipe.Context, width);
        for (var i = 0; i < Recipe.Blocks; i++)
        {
            Norm($"h.{i}.ln_1", width);
            Linear($"h.{i}.attn.c_attn", width, 3 * width);
            Linear($"h.{i}.attn.c_proj", width, width);
            Norm($"h.{i}.ln_2", width);
            Linear($"h.{i}.mlp.c_fc", width, mlp);
            Linear($"h.{i}.mlp.c_proj", mlp, width);
        }

        Norm("ln_f", width);
        if (!Recipe.IsTied)
        {
            Add("lm_head.weight", 0.8, 0, Recipe.Vocabulary, width);
        }

        _writer.Save(_folder["model.safetensors"]);
        _folder.Write("config.json", Config());
    }

    public Gpt2Recipe Recipe { get; }

    public string Folder => _folder.Path;

    /// <summary>The numbers of a tensor as they were drawn, by its name without <c>transformer.</c>.</summary>
    public float[] this[string tensor] => _tensors[tensor];

    public LanguageModel Load(int threads = 1) => LanguageModel.Load(Folder, new LoadOptions { Device = Device.Cpu, Threads = threads });

    /// <summary>Rows of random ids of the given lengths.</summary>
    public int[][] Rows(params IReadOnlyList<int> lengths) => [.. lengths.Select(length => Enumerable.Range(0, length).Select(_ => _random.Next(Recipe.Vocabulary)).ToArray())];

    public void Dispose() => _folder.Dispose();

    private string Config() => JsonSerializer.Serialize(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["model_type"] = "gpt2",
        ["architectures"] = new[] { "GPT2LMHeadModel" },
        ["n_embd"] = Recipe.Width,
        ["n_head"] = Recipe.Heads,
        ["n_layer"] = Recipe.Blocks,
        ["n_positions"] = Recipe.Context,
        ["n_inner"] = Recipe.MlpWidth,
        ["vocab_size"] = Recipe.Vocabulary,
        ["activation_function"] = Recipe.Activation,
        ["layer_norm_epsilon"] = 1e-5,
        ["scale_attn_weights"] = Recipe.ScalesAttention,
        ["scale_attn_by_inverse_layer_idx"] = Recipe.ScalesByLayer,
        ["tie_word_embeddings"] = Recipe.IsTied,
    });

    private void Norm(string name, int width)
    {
        Add(name + ".weight", 0.4, 1, width);
        Add(name + ".bias", 0.2, 0, width);
    }

    private void Linear(string name, int input, int output)
    {
        Add(name + ".weight", 2 / Math.Sqrt(input), 0, input, output);
        Add(name + ".bias", 0.2, 0, output);
    }

    private void Add(string name, double spread, double centre, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(centre + (spread * ((2 * _random.NextDouble()) - 1)));
        }

        _tensors.Add(name, values);
        _writer.Add((name.StartsWith("lm_head", StringComparison.Ordinal) ? "" : "transformer.") + name, shape, values, Recipe.StoredAs);
    }
}
