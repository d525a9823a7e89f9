using Gptx.Embeddings;
using Gptx.Generation;
using Gptx.Inference;
using Gptx.Interpretation;
using Gptx.Tests.Checkpoints;
using Gptx.Tests.Inference;

namespace Gptx.Tests.Architectures;

/// <summary>Texts longer than a rotary model is meant for: they are read, with one warning; learned positions end.</summary>
public class LongTextTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_rotary_model_reads_on_and_warns_once()
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config("llama"));
        var warnings = new List<string>();
        using var model = LanguageModel.Load(checkpoint.Folder, new LoadOptions { Device = Device.Cpu, Warn = warnings.Add });
        var rows = checkpoint.Rows(31, 45, 45, 45);
        model.NextLogits([rows[0][..40]], Cancellation);
        Assert.Empty(warnings);
        using var cache = model.CreateCache(3, 45);
        DecodingScript.Grow(cache, model, rows, [38, 39, 40], 2e-5);
        model.NextLogits(rows, Cancellation);
        Assert.Equal("41 tokens are more than the 40 that this model is meant for: what it makes of the rest may be worse", Assert.Single(warnings));
    }

    [Fact]
    public void Every_way_to_use_it_goes_past_the_context_and_windows_are_for_those_who_ask()
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config("llama"));
        using var model = checkpoint.Load();
        var text = TokenSequence.FromIds(model, checkpoint.Rows(31, 50)[0]);
        Assert.Equal(49, TextScorer.Score(model, text, cancellation: Cancellation).TokensCounted);
        Assert.Equal(49, TextScorer.Score(model, text, new ScoreOptions { Stride = 20 }, cancellation: Cancellation).TokensCounted);
        Assert.Equal(1, TextEmbedder.Embed(model, [text], cancellation: Cancellation)[0].Windows);
        Assert.Equal(2, TextEmbedder.Embed(model, [text], new TextEmbeddingOptions { Chunk = true }, cancellation: Cancellation)[0].Windows);
        Assert.Equal(6, TextGenerator.Generate(model, [text], new GenerationOptions { MaxTokens = 6, Seed = 1 }, cancellation: Cancellation)[0].Tokens.Count);
    }

    [Fact]
    public void Learned_positions_end_where_their_table_ends()
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config("gpt_neo"));
        using var model = checkpoint.Load();
        Refusal.Expect("TextTooLong", () => model.NextLogits(checkpoint.Rows(31, 41), Cancellation));
    }

    [Fact]
    public void A_cache_that_outgrows_what_it_reserved_keeps_what_it_knows()
    {
        using var checkpoint = new RandomCheckpoint(DecoderRecipes.Config("mistral"));
        using var model = checkpoint.Load();
        var row = checkpoint.Rows(31, 4100)[0];
        using var cache = model.CreateCache(2, 1_000_000_000);
        cache.Prefill([row[..4095], row[..4095]], Cancellation);
        for (var next = 4095; next < row.Length - 1; next++)
        {
            cache.Step([row[next], row[next]], Cancellation);
        }

        DecodingScript.AssertLogits(cache.Step([row[^1], row[^1]], Cancellation), model, [row, row], 2e-5);
    }
}
