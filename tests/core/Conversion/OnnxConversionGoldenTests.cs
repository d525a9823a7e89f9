using Gptx.Checkpoints;
using Gptx.Conversion;
using Gptx.Inference;
using Gptx.Inference.Verification;
using Gptx.Tests.Checkpoints;
using Microsoft.ML.OnnxRuntime;

namespace Gptx.Tests.Conversion;

/// <summary>
/// Every golden checkpoint, written as ONNX, gives the reference's numbers: in a bare session fed as other programs feed it, padding on the left and
/// positions counted, and through our own reader with its cache.
/// </summary>
[Trait("Category", "Golden")]
public class OnnxConversionGoldenTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Graphs_give_the_references_outputs_and_greedy_ids()
    {
        Gptx.Onnx.OnnxRuntimeLibrary.EnsureLoaded(); // before a bare session asks for it
        var failures = new List<string>();
        var count = 0;
        foreach (var folder in GoldenRoot.CaseFolders("checkpoints"))
        {
            using var temporary = new TemporaryFolder();
            var name = Path.GetFileName(folder);
            var converted = ModelConverter.Convert(folder, temporary["onnx"], new ConversionOptions { Format = ModelFormat.Onnx, ExternalFrom = count % 2 == 0 ? 0 : long.MaxValue }, cancellation: Cancellation);
            using var golden = SafetensorsFile.Open(Path.Join(folder, "golden.safetensors"));
            using (var session = new InferenceSession(temporary["onnx/onnx/model.onnx"]))
            {
                foreach (var run in (string[])["plain", "padded"])
                {
                    failures.AddRange(Differences(session, golden, run, ModelConfig.Read(Path.Join(folder, "config.json"))).Select(difference => $"{name}: {difference}"));
                }
            }

            using var model = LanguageModel.Load(temporary["onnx"]);
            var report = ModelVerifier.Verify(model, folder, cancellation: Cancellation);
            var turns = converted.Notes.Count > 0; // keys are made anew as texts grow, and the longest row of a batch decides: a graph with a cache, row by row, cannot
            failures.AddRange(report.Tensors.Where(row => row.Compared && !row.Passed && !(turns && row.Tensor.StartsWith("padded.", StringComparison.Ordinal)) && !IsBeforeProjection(row, folder))
                .Select(row => $"{name} read again: {row.Tensor} {row.MaxRelativeError:e2} {row.Note}"));
            failures.AddRange(report.Greedy.Where(row => !row.Passed && !turns).Select(row => $"{name} read again: greedy {row.Row}"));
            output.WriteLine($"{name}: {report.Tensors.Count(row => row.Compared)} of {report.Tensors.Count} tensors found again, {report.Greedy.Count(row => row.Compared)} continuations");
            count++;
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
        Assert.True(count > 0, "no case");
    }

    /// <summary>OPT's last projection follows the last block without a norm: in a graph nothing tells it from a head.</summary>
    private static bool IsBeforeProjection(TensorVerdict row, string folder)
    {
        var config = ModelConfig.Read(Path.Join(folder, "config.json"));
        return config.FindSize("word_embed_proj_dim") is { } width && width != config.GetSize("hidden_size") && row.Tensor.EndsWith($"hidden_states.{config.GetSize("num_hidden_layers")}", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Differences(InferenceSession session, SafetensorsFile golden, string run, ModelConfig config)
    {
        var ids = golden.GetTensor($"{run}.input_ids");
        var values = session.InputMetadata.ToDictionary(input => input.Key, input => Feed(input.Key, input.Value, golden, run, ids), StringComparer.Ordinal);
        using var options = new RunOptions();
        foreach (var name in session.OutputNames.Where(name => !name.StartsWith("present.", StringComparison.Ordinal)))
        {
            if (!golden.TryGetTensor($"{run}.{name}", out var expected))
            {
                // What a checkpoint without a head gives is more than the reference's model does.
                if (name is not ("pooler_output" or "logits") && !(name == "last_hidden_state" && golden.Tensors.ContainsKey($"{run}.hidden_states.{config.GetSize("num_hidden_layers", "n_layer")}")))
                {
                    yield return $"the reference has no {run}.{name}";
                }

                continue;
            }

            using var results = session.Run(options, values, [name]);
            var error = OfRealTokens(results[0].GetTensorDataAsSpan<float>(), expected, golden, run, ids);
            if (!(error <= Tolerance))
            {
                yield return $"{run}.{name}: {error:e2} of the largest value";
            }
        }
    }

    private static OrtValue Feed(string name, NodeMetadata input, SafetensorsFile golden, string run, CheckpointTensor ids)
    {
        long[] shape = [.. ids.Shape];
        if (name.StartsWith("past_key_values.", StringComparison.Ordinal))
        {
            return OrtValue.CreateTensorValueFromMemory<float>([], [shape[0], input.Dimensions[1], 0, input.Dimensions[3]]);
        }

        var given = golden.TryGetTensor($"{run}.{name}", out var tensor) ? tensor.ReadInt64s() : null;
        return OrtValue.CreateTensorValueFromMemory(given ?? name switch
        {
            "attention_mask" => [.. Enumerable.Repeat(1L, (int)ids.Count)],
            "position_ids" => Counted(golden.TryGetTensor($"{run}.attention_mask", out var mask) ? mask.ReadInt64s() : [.. Enumerable.Repeat(1L, (int)ids.Count)], (int)shape[1]),
            "token_type_ids" => new long[ids.Count],
            _ => throw new InvalidOperationException($"the graph wants {name}"),
        }, shape);
    }

    /// <summary>Positions as transformers counts them: over the real tokens of each row.</summary>
    private static long[] Counted(long[] mask, int width) =>
        [.. mask.Chunk(width).SelectMany(row => row.Select((_, place) => Math.Max(0, row[..(place + 1)].Sum() - 1)))];

    /// <summary>The largest difference at positions that are no padding, as a share of the largest value there.</summary>
    private static double OfRealTokens(ReadOnlySpan<float> actual, CheckpointTensor expected, SafetensorsFile golden, string run, CheckpointTensor ids)
    {
        var reference = expected.ReadSingles();
        if (actual.Length != reference.Length)
        {
            return double.PositiveInfinity;
        }

        var mask = reference.Length % ids.Count == 0 && expected.Shape.Count > 1 && expected.Shape[1] == ids.Shape[1] && golden.TryGetTensor($"{run}.attention_mask", out var real) ? real.ReadInt64s() : null;
        var width = mask is null ? reference.Length : reference.Length / mask.Length;
        var (largest, scale) = (0.0, 0.0);
        for (var i = 0; i < reference.Length; i++)
        {
            if (mask is null || mask[i / width] != 0)
            {
                var difference = Math.Abs(actual[i] - reference[i]);
                largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
                scale = Math.Max(scale, Math.Abs(reference[i]));
            }
        }

        return largest / scale;
    }
}
