namespace Gptx.Tests.Inference;

/// <summary>
/// GPT-2's equations in plain loops and float64, without a graph or an operator: what the numbers of a random checkpoint must be.
/// Every value is [position, width] or, for scores and pattern, [head, query, key].
/// </summary>
internal sealed class PlainGpt2(RandomGpt2 checkpoint)
{
    private const double Epsilon = 1e-5;
    private readonly Gpt2Recipe _recipe = checkpoint.Recipe;
    private readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);

    /// <summary>Every named activation of one row of ids.</summary>
    public static IReadOnlyDictionary<string, double[]> Run(RandomGpt2 checkpoint, IReadOnlyList<int> ids)
    {
        var plain = new PlainGpt2(checkpoint);
        plain.Forward(ids);
        return plain._values;
    }

    private void Forward(IReadOnlyList<int> ids)
    {
        var (width, length) = (_recipe.Width, ids.Count);
        var x = Add(
            Keep("embed", Fill(length, width, (t, d) => checkpoint["wte.weight"][(ids[t] * width) + d])),
            Keep("pos_embed", Fill(length, width, (t, d) => checkpoint["wpe.weight"][(t * width) + d])));
        for (var i = 0; i < _recipe.Blocks; i++)
        {
            Keep($"blocks.{i}.resid_pre", x);
            x = Keep($"blocks.{i}.resid_mid", Add(x, Attention(i, Norm(x, $"h.{i}.ln_1"), length)));
            var pre = Keep($"blocks.{i}.mlp.pre", Linear(Norm(x, $"h.{i}.ln_2"), $"h.{i}.mlp.c_fc", width));
            var post = Keep($"blocks.{i}.mlp.post", Array.ConvertAll(pre, Activate));
            x = Keep($"blocks.{i}.resid_post", Add(x, Keep($"blocks.{i}.mlp_out", Linear(post, $"h.{i}.mlp.c_proj", pre.Length / length))));
        }

        var final = Keep("final_norm", Norm(x, "ln_f"));
        var head = checkpoint[_recipe.IsTied ? "wte.weight" : "lm_head.weight"];
        Keep("logits", Fill(length, _recipe.Vocabulary, (t, v) => Sum(width, d => final[(t * width) + d] * head[(v * width) + d])));
    }

    private double[] Attention(int block, double[] x, int length)
    {
        var (width, heads, d) = (_recipe.Width, _recipe.Heads, _recipe.HeadWidth);
        var qkv = Linear(x, $"h.{block}.attn.c_attn", width);
        double[] Part(string name, int part) => Keep($"blocks.{block}.attn.{name}", Fill(length, width, (t, i) => qkv[(t * 3 * width) + (part * width) + i]));
        var (q, k, v) = (Part("q", 0), Part("k", 1), Part("v", 2));
        var scale = (_recipe.ScalesAttention ? 1 / Math.Sqrt(d) : 1) / (_recipe.ScalesByLayer ? block + 1 : 1);
        var (scores, pattern, z) = (new double[heads * length * length], new double[heads * length * length], new double[length * width]);
        for (var h = 0; h < heads; h++)
        {
            for (var t = 0; t < length; t++)
            {
                var row = ((h * length) + t) * length;
                for (var s = 0; s < length; s++)
                {
                    scores[row + s] = s > t ? double.NegativeInfinity : scale * Sum(d, i => q[(t * width) + (h * d) + i] * k[(s * width) + (h * d) + i]);
                }

                var largest = scores.AsSpan(row, t + 1).ToArray().Max();
                var whole = Sum(t + 1, s => Math.Exp(scores[row + s] - largest));
                for (var s = 0; s <= t; s++)
                {
                    pattern[row + s] = Math.Exp(scores[row + s] - largest) / whole;
                }

                for (var i = 0; i < d; i++)
                {
                    z[(t * width) + (h * d) + i] = Sum(t + 1, s => pattern[row + s] * v[(s * width) + (h * d) + i]);
                }
            }
        }

        Keep($"blocks.{block}.attn.scores", scores);
        Keep($"blocks.{block}.attn.pattern", pattern);
        return Keep($"blocks.{block}.attn_out", Linear(Keep($"blocks.{block}.attn.z", z), $"h.{block}.attn.c_proj", width));
    }

    private double[] Norm(double[] x, string name)
    {
        var width = _recipe.Width;
        return Fill(x.Length / width, width, (t, i) =>
        {
            var row = x.AsSpan(t * width, width).ToArray();
            var mean = row.Average();
            var variance = row.Average(value => (value - mean) * (value - mean));
            return ((row[i] - mean) / Math.Sqrt(variance + Epsilon) * checkpoint[name + ".weight"][i]) + checkpoint[name + ".bias"][i];
        });
    }

    private double[] Linear(double[] x, string name, int input)
    {
        var (weight, bias) = (checkpoint[name + ".weight"], checkpoint[name + ".bias"]);
        return Fill(x.Length / input, bias.Length, (t, o) => bias[o] + Sum(input, i => x[(t * input) + i] * weight[(i * bias.Length) + o]));
    }

    private double Activate(double x) => _recipe.Activation switch
    {
        "relu" => Math.Max(0, x),
        "silu" => x / (1 + Math.Exp(-x)),
        "tanh" => Math.Tanh(x),
        _ => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
    };

    private double[] Keep(string name, double[] values) => _values[name] = values;

    private static double[] Add(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    private static double[] Fill(int rows, int width, Func<int, int, double> value) => [.. Enumerable.Range(0, rows * width).Select(i => value(i / width, i % width))];
}
