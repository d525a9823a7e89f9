using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Jobs;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Inference;

/// <summary>A model loaded in a precision gives the numbers of a checkpoint whose weights were rounded by hand.</summary>
public class PrecisionTests(ITestOutputHelper output)
{
    private const string Llama = "llama";
    private const string Gpt2 = "gpt2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Llama, "fp32", 0)]
    [InlineData(Llama, "fp16", 1e-6)]
    [InlineData(Llama, "bf16", 1e-6)]
    [InlineData(Llama, "int8", 1e-4)]
    [InlineData(Llama, "int4", 1e-4)]
    [InlineData(Gpt2, "fp16", 1e-6)]
    [InlineData(Gpt2, "bf16", 1e-6)]
    [InlineData(Gpt2, "int8", 1e-4)]
    [InlineData(Gpt2, "int4", 1e-4)]
    public void A_precision_is_the_rounding_of_weights(string kind, string precision, double tolerance)
    {
        using var checkpoint = new PreciseCheckpoint(kind);
        using var rounded = checkpoint.Rounded(precision);
        using var expected = LanguageModel.Load(rounded.Path, new LoadOptions { Threads = 1, Device = Device.Cpu });
        using var model = checkpoint.Load(precision);
        using var plain = checkpoint.Load("auto");
        int[][] rows = [[1, 5, 9, 2, 30], [7, 3]];
        using var actual = model.Run(rows, ActivationSelection.All, Cancellation);
        using var wanted = expected.Run(rows, ActivationSelection.All, Cancellation);
        using var before = plain.Run(rows, ActivationSelection.All, Cancellation);
        Assert.Equal(wanted.Names, actual.Names);
        var worst = wanted.Names.Max(name => Closeness.Largest(actual[name].Values.Span, wanted[name].Values.Span));
        output.WriteLine($"{kind} {precision}: {worst:e2}; from the weights as they are {Closeness.Largest(actual["logits"].Values.Span, before["logits"].Values.Span):e2}");
        Assert.InRange(worst, 0, tolerance);
        Assert.Equal(precision == "fp32", actual["logits"].Values.Span.SequenceEqual(before["logits"].Values.Span));
        Assert.Equal(PrecisionNames.ToPrecision(precision), model.Precision);

        // What is read of the weights themselves is what is computed with.
        Closeness.AssertWithin(1e-6, new EmbeddingTable(model).OfToken(4).Vector, new EmbeddingTable(expected).OfToken(4).Vector, "an embedding");

        using var cache = model.CreateCache(2, 8);
        var next = cache.Prefill(rows, Cancellation).ToArray();
        var width = model.Shape.VocabularySize;
        Closeness.AssertWithin(1e-4, next.AsSpan(0, width), actual["logits"].Values.Span.Slice(4 * width, width), "decoding");
    }

    [Theory]
    [InlineData("int8", 0.08)]
    [InlineData("int4", 0.3)]
    public void Activations_of_eight_bits_are_close(string precision, double tolerance)
    {
        using var checkpoint = new PreciseCheckpoint(Llama);
        using var exact = checkpoint.Load(precision);
        using var coarse = checkpoint.Load(precision, Compute.Int8);
        int[][] rows = [[1, 5, 9, 2, 30]];
        using var expected = exact.Run(rows, new ActivationSelection("logits"), Cancellation);
        using var actual = coarse.Run(rows, new ActivationSelection("logits"), Cancellation);
        var difference = Closeness.Largest(actual["logits"].Values.Span, expected["logits"].Values.Span);
        output.WriteLine($"{precision}: {difference:e2}");
        Assert.InRange(difference, 1e-6, tolerance);
        Assert.Equal("int8", ModelSummary.Of(coarse).Compute);
    }

    [Theory]
    [InlineData(Llama, "int4", Compute.Float32)]
    [InlineData(Llama, "int8", Compute.Float32)]
    [InlineData(Gpt2, "int4", Compute.Float32)]
    [InlineData(Gpt2, "int8", Compute.Int8)]
    public void Rows_that_grow_and_change_places_are_those_of_whole_texts(string kind, string precision, Compute compute)
    {
        using var checkpoint = new PreciseCheckpoint(kind);
        using var model = checkpoint.Load(precision, compute);
        using var cache = model.CreateCache(3, 12);
        cache.Prefill([[1, 5, 9, 2], [7, 3]], Cancellation);
        cache.Step([4, 8], Cancellation);
        cache.Select([1, 0, 1]);
        var logits = cache.Step([6, 30, 11], Cancellation).ToArray();
        int[][] rows = [[7, 3, 8, 6], [1, 5, 9, 2, 4, 30], [7, 3, 8, 11]];
        var width = model.Shape.VocabularySize;
        foreach (var (row, ids) in rows.Index())
        {
            using var whole = model.Run([ids], new ActivationSelection("logits"), Cancellation);
            Closeness.AssertWithin(1e-4, logits.AsSpan(row * width, width), whole["logits"].Values.Span[^width..], $"row {row}");
        }
    }

    [Fact]
    public void Fewer_bits_take_less_memory()
    {
        using var checkpoint = new PreciseCheckpoint(Llama);
        long Bytes(string precision)
        {
            using var model = checkpoint.Load(precision);
            return ModelSummary.Of(model).MemoryBytes;
        }

        Assert.True(Bytes("int4") < Bytes("int8"));
        Assert.True(3 * Bytes("int8") < 2 * Bytes("auto"));
        Assert.Equal(Bytes("auto"), Bytes("fp16"));
    }

    [Fact]
    public void A_number_that_float16_cannot_hold_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        using var checkpoint = new PreciseCheckpoint(Llama);
        File.Copy(Path.Join(checkpoint.Folder, "config.json"), folder["config.json"]);
        var writer = new SafetensorsWriter();
        using (var opened = CheckpointFolder.Open(checkpoint.Folder))
        {
            foreach (var tensor in opened.Tensors.Values)
            {
                var values = tensor.ReadSingles();
                values[0] = tensor.Name.EndsWith("down_proj.weight", StringComparison.Ordinal) ? 70000 : values[0];
                writer.Add(tensor.Name, [.. tensor.Shape], values);
            }
        }

        writer.Save(folder["model.safetensors"], overwrite: true);
        using var model = LanguageModel.Load(folder.Path, new LoadOptions { Precision = Precision.Fp16, Device = Device.Cpu, Threads = 1 });
        var error = Refusal.Expect("PrecisionOverflow", () => model.Run([[1, 2]], new ActivationSelection("logits"), Cancellation));
        Assert.Contains("down_proj", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_in_another_precision_is_another_job()
    {
        using var checkpoint = new PreciseCheckpoint(Llama);
        using var plain = checkpoint.Load("auto");
        using var rounded = checkpoint.Load("int4");
        using var coarse = checkpoint.Load("int4", Compute.Int8);
        Assert.Distinct([ModelHash.Of(plain), ModelHash.Of(rounded), ModelHash.Of(coarse)]);
    }

    [Theory]
    [InlineData("int3")]
    [InlineData("")]
    public void Names_that_are_not_known_are_refused(string name)
    {
        Refusal.Expect("PrecisionNotSupported", () => PrecisionNames.ToPrecision(name));
        Refusal.Expect("PrecisionNotSupported", () => PrecisionNames.ToCompute(name));
    }
}
