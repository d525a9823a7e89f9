using System.Text.Json;
using Gptx.Activations;
using Gptx.Inference;
using Gptx.Inference.Verification;

namespace Gptx.Tests.Inference;

/// <summary>What the reference says of the default model for a few prompts, and how far a copy of the model lies from it.</summary>
internal sealed class DefaultModelGolden(LanguageModel model)
{
    private readonly Dictionary<string, double> _worst = new(StringComparer.Ordinal);

    /// <summary>Cases looked at.</summary>
    public int Cases { get; private set; }

    /// <summary>Cases whose twenty greedy ids are the reference's.</summary>
    public int SameContinuations { get; private set; }

    /// <summary>The largest error of each kind of number: as a share of the largest value of its vector, and of probabilities as they are.</summary>
    public IReadOnlyDictionary<string, double> Worst => _worst;

    /// <summary>The folder with the float32 file and its values; a test without it is skipped.</summary>
    public static string Folder => GoldenRoot.Folder("../models/default-v1");

    public void Compare(CancellationToken cancellation)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Join(Folder, "golden.json")));
        foreach (var golden in json.RootElement.GetProperty("cases").EnumerateArray())
        {
            Compare(golden, cancellation);
            Cases++;
        }
    }

    private void Compare(JsonElement golden, CancellationToken cancellation)
    {
        var text = TokenSequence.FromText(model, golden.GetProperty("prompt").GetString()!);
        Assert.Equal(golden.GetProperty("ids").Deserialize<int[]>()!, text.Ids);
        Assert.Equal(golden.GetProperty("tokens").Deserialize<string[]>()!, text.Tokens.Select(token => token.Text));
        using var values = model.Run([text.Ids], ActivationSelection.All, cancellation);
        float[] Last(string name) => values.Row(name, 0)[text.Count - 1].Values.ToArray();
        Vector("embedding", golden.GetProperty("embedding_last_token"), Last(ActivationName.ResidPre(0)));
        foreach (var (block, expected) in golden.GetProperty("after_block_last_token").EnumerateArray().Index())
        {
            Vector("after block", expected, Last(ActivationName.ResidPost(block)));
        }

        Vector("after ln_f", golden.GetProperty("after_ln_f_last_token"), Last(ActivationName.FinalNorm));
        Numbers("attention", golden.GetProperty("attention_block0_head0_last_row").Deserialize<float[]>()!, values.Row(ActivationName.Pattern(0), 0)[0][text.Count - 1].Values.ToArray());
        Top("top 10", golden.GetProperty("top10"), Last(ActivationName.Logits));
        var next = golden.GetProperty("greedy20_ids").Deserialize<int[]>()!;
        var continuation = GreedyContinuation.Of(model, text.Ids, next.Length, cancellation).Skip(text.Count);
        SameContinuations += next.SequenceEqual(continuation) ? 1 : 0;
    }

    private void Vector(string what, JsonElement expected, float[] actual)
    {
        var l2 = expected.GetProperty("l2").GetDouble();
        var first = expected.GetProperty("first8").Deserialize<float[]>()!;
        Note(what + " length", Math.Abs(Math.Sqrt(actual.Sum(value => (double)value * value)) - l2) / l2);
        Numbers(what, first, actual[..first.Length]);
    }

    private void Numbers(string what, float[] expected, float[] actual) => Note(what, Closeness.Largest(actual, expected));

    private void Top(string what, JsonElement expected, float[] logits)
    {
        var whole = logits.Sum(logit => Math.Exp(logit));
        var scale = logits.Max(Math.Abs);
        var rank = 0;
        var order = Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).Take(expected.GetArrayLength()).ToArray();
        foreach (var top in expected.EnumerateArray())
        {
            var id = top.GetProperty("id").GetInt32();
            Assert.Equal(top.GetProperty("token").GetString(), model.TokenText(id));
            Note(what + " logits", Math.Abs(logits[id] - top.GetProperty("logit").GetDouble()) / scale);
            Note(what + " probabilities", Math.Abs((Math.Exp(logits[id]) / whole) - top.GetProperty("p").GetDouble()));
            Note(what + " out of place", order[rank++] == id ? 0 : 1);
        }
    }

    private void Note(string what, double error) => _worst[what] = Math.Max(error, _worst.GetValueOrDefault(what));
}
