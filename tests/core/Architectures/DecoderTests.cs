using Gptx.Activations;
using Gptx.Architectures;
using Gptx.Checkpoints;
using Gptx.Inference;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Architectures;

/// <summary>What must hold for every causal decoder, whatever its options.</summary>
public class DecoderTests
{
    private const double Tolerance = 2e-5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void Cached_logits_are_those_of_a_whole_forward_pass_in_both_forms_of_the_cache(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name));
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(model.Shape.VocabularySize, 20, 20, 20);
        using var inPlace = model.CreateCache(3, 20);
        DecodingScript.Grow(inPlace, model, rows, [4, 1, 7], Tolerance);
        using var growing = new GrowingCache(checkpoint.Folder);
        DecodingScript.Grow(growing.Cache, model, rows, [2, 9, 1], Tolerance);
    }

    [Theory]
    [InlineData("llama longrope", null)]
    [InlineData("phi3 longrope", 12)]
    public void Only_phi3_makes_keys_anew_where_a_text_outgrows_its_first_context(string name, int? most)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name));
        using var files = CheckpointFolder.Open(checkpoint.Folder);
        var graph = ArchitectureCatalog.For(files.Config).Build(files.Config, new CheckpointTensors(files.Tensors, checkpoint.Folder)).Graph;
        Assert.Equal(most, graph.KeysHoldUpTo);
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void A_row_is_the_same_alone_and_padded_in_a_batch(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 2);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(model.Shape.VocabularySize, 3, 12, 1, 9);
        using var together = model.Run(rows, ActivationSelection.All, Cancellation);
        for (var row = 0; row < rows.Length; row++)
        {
            using var alone = model.Run([rows[row]], ActivationSelection.All, Cancellation);
            Assert.All(alone.Names, activation => Closeness.AssertWithin(Tolerance, together.Row(activation, row).Values.Span, alone.Row(activation, 0).Values.Span, activation));
        }
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void Attention_rows_sum_to_one_and_see_neither_what_comes_nor_what_a_window_left_behind(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 3);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(model.Shape.VocabularySize, 11, 5);
        using var values = model.Run(rows, new ActivationSelection("blocks.*.attn.pattern"), Cancellation);
        foreach (var (block, window) in WindowsOf(name).Index())
        {
            for (var row = 0; row < rows.Length; row++)
            {
                var pattern = values.Row(ActivationName.Pattern(block), row);
                for (var line = 0; line < model.Shape.Heads * rows[row].Length; line++)
                {
                    var query = line % rows[row].Length;
                    var keys = pattern[line / rows[row].Length][query].Values.ToArray();
                    Assert.Equal(1, keys.Sum(share => (double)share), 1e-5);
                    Assert.All(keys.Index(), key => Assert.Equal(key.Index <= query && query - key.Index < (window ?? 100), key.Item > 0));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void The_fused_form_gives_what_the_written_out_one_gives(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 4);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(model.Shape.VocabularySize, 13, 6);
        using var fused = model.Run(rows, new ActivationSelection(ActivationName.Logits), Cancellation);
        using var written = model.Run(rows, ActivationSelection.All, Cancellation);
        Assert.All(Enumerable.Range(0, 2), row =>
            Closeness.AssertWithin(Tolerance, fused.Row(ActivationName.Logits, row).Values.Span, written.Row(ActivationName.Logits, row).Values.Span, name));
    }

    [Theory]
    [MemberData(nameof(DecoderRecipes.Names), MemberType = typeof(DecoderRecipes))]
    public void The_summary_counts_what_is_there(string name)
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config(name), seed: 5);
        using var model = checkpoint.Load();
        var summary = ModelSummary.Of(model);
        Assert.Equal(["left.over"], summary.UnusedTensors);
        Assert.Equal(model.Checkpoint.Tensors.Values.Sum(tensor => tensor.Count) - 1, summary.Parameters);
        Assert.Equal(40, summary.ContextLength);
        Assert.Equal(model.Shape.LearnsPositions, model.PositionEmbeddingTensor is not null);
        Assert.Equal(model.ActivationNames.Distinct(StringComparer.Ordinal).Count(), model.ActivationNames.Count);
    }

    /// <summary>The windows of the layers, by hand.</summary>
    private static int?[] WindowsOf(string name) => name switch
    {
        "mistral" => [3, 3, 3],
        "mistral odd heads" => [5, 5, 5],
        "qwen2" => [null, 4, 4],
        "qwen3" => [null, 4, null],
        "gemma2" => [3, null, 3],
        "gemma2 uncapped" => [null, 3, null],
        "gemma3_text" => [4, null, 4],
        "phi3" => [6, 6, 6],
        "starcoder2" => [4, 4, 4],
        "smollm3" => [null, 4, null],
        "gpt_neo" => [null, 3, 3],
        "gptj" => [null, null],
        _ => [null, null, null],
    };
}
