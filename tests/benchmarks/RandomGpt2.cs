using Gptx.Checkpoints;

namespace Gptx.Benchmarks;

/// <summary>A GPT-2 of 124 M parameters with random weights, made once in the temporary folder.</summary>
public static class RandomGpt2
{
    private const int Width = 768;
    private const int Blocks = 12;
    private const int Context = 1024;
    private const int Vocabulary = 50257;

    /// <summary>The folder of the checkpoint, its weights stored in a type.</summary>
    public static string Folder(ElementType type)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"gptx-benchmark-gpt2-{type}");
        if (!File.Exists(Path.Combine(folder, "model.safetensors")))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "config.json"), $$"""{"model_type":"gpt2","architectures":["GPT2LMHeadModel"],"n_embd":{{Width}},"n_head":12,"n_layer":{{Blocks}},"n_positions":{{Context}},"vocab_size":{{Vocabulary}}}""");
            Write(Path.Combine(folder, "model.safetensors"), type);
        }

        return folder;
    }

    /// <summary>Bytes of weights when stored in a type.</summary>
    public static long WeightBytes(ElementType type) => new FileInfo(Path.Combine(Folder(type), "model.safetensors")).Length;

    private static void Write(string path, ElementType type)
    {
        var random = new Random(1);
        var writer = new SafetensorsWriter();
        void Add(string name, float spread, float mean, params long[] shape)
        {
            var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = mean + (spread * (random.NextSingle() - 0.5f));
            }

            writer.Add(name, shape, values, type);
        }

        void Linear(string name, int input, int output)
        {
            Add(name + ".weight", 0.07f, 0, input, output);
            Add(name + ".bias", 0.07f, 0, output);
        }

        void Norm(string name)
        {
            Add(name + ".weight", 0.1f, 1, Width);
            Add(name + ".bias", 0.1f, 0, Width);
        }

        Add("wte.weight", 0.07f, 0, Vocabulary, Width);
        Add("wpe.weight", 0.07f, 0, Context, Width);
        for (var block = 0; block < Blocks; block++)
        {
            Norm($"h.{block}.ln_1");
            Linear($"h.{block}.attn.c_attn", Width, 3 * Width);
            Linear($"h.{block}.attn.c_proj", Width, Width);
            Norm($"h.{block}.ln_2");
            Linear($"h.{block}.mlp.c_fc", Width, 4 * Width);
            Linear($"h.{block}.mlp.c_proj", 4 * Width, Width);
        }

        Norm("ln_f");
        writer.Save(path);
    }
}
