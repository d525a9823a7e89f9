namespace Gptx.Tests.Inference;

public class KeyValueCacheTests
{
    private const double Tolerance = 1e-5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gpt2Recipes.Names), MemberType = typeof(Gpt2Recipes))]
    public void Cached_logits_are_those_of_a_whole_forward_pass(string name)
    {
        using var checkpoint = new RandomGpt2(Gpt2Recipes.All[name]);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows([.. Enumerable.Repeat(checkpoint.Recipe.Context, 3)]);
        int[] starts = [.. ((int[])[4, 1, 7]).Select(start => Math.Min(start, checkpoint.Recipe.Context))];
        using var cache = model.CreateCache(rows.Length, checkpoint.Recipe.Context);
        DecodingScript.Grow(cache, model, rows, starts, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Gpt2Recipes.Names), MemberType = typeof(Gpt2Recipes))]
    public void The_growing_form_gives_the_same(string name)
    {
        using var checkpoint = new RandomGpt2(Gpt2Recipes.All[name]);
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows([.. Enumerable.Repeat(checkpoint.Recipe.Context, 3)]);
        int[] starts = [.. ((int[])[2, 9, 1]).Select(start => Math.Min(start, checkpoint.Recipe.Context))];
        using var growing = new GrowingCache(checkpoint);
        DecodingScript.Grow(growing.Cache, model, rows, starts, Tolerance);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 3)]
    public void Dropped_repeated_and_reordered_rows_go_on_from_what_they_were(bool isGrowing, int seed)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Context = 40, Seed = seed });
        using var model = checkpoint.Load();
        using var growing = isGrowing ? new GrowingCache(checkpoint) : null;
        using var inPlace = isGrowing ? null : model.CreateCache(6, 40);
        DecodingScript.Shuffle(growing?.Cache ?? inPlace!, model, checkpoint, new Random(seed), Tolerance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Several_tokens_at_once_give_the_logits_of_a_whole_forward_pass(bool isGrowing)
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Context = 40, Seed = 3 });
        using var model = checkpoint.Load();
        using var growing = isGrowing ? new GrowingCache(checkpoint) : null;
        using var inPlace = isGrowing ? null : model.CreateCache(1, 40);
        var cache = growing?.Cache ?? inPlace!;
        var row = checkpoint.Rows([40])[0];
        cache.Prefill([[.. row.Take(5)]], Cancellation);
        DecodingScript.AssertLogits(cache.Extend([.. row.Skip(5).Take(9)], Cancellation), model, [[.. row.Take(14)]], Tolerance);
        DecodingScript.AssertLogits(cache.Step([row[14]], Cancellation), model, [[.. row.Take(15)]], Tolerance);
        DecodingScript.AssertLogits(cache.Extend([.. row.Skip(15)], Cancellation), model, [row], Tolerance);
        Assert.Equal([40], cache.Lengths);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Extend([1], Cancellation).Length);
    }

    [Fact]
    public void A_cache_may_be_filled_again()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { Seed = 5 });
        using var model = checkpoint.Load();
        using var cache = model.CreateCache(4, 24);
        foreach (var lengths in (int[][])[[24, 3], [1], [2, 5, 1, 4], [7]])
        {
            var rows = checkpoint.Rows(lengths);
            DecodingScript.AssertLogits(cache.Prefill(rows, Cancellation), model, rows, Tolerance);
            Assert.Equal(lengths, cache.Lengths);
        }
    }

    [Fact]
    public void Next_logits_are_the_last_row_of_the_trace()
    {
        using var checkpoint = new RandomGpt2(new Gpt2Recipe { HeadWidth = 7, Seed = 6 });
        using var model = checkpoint.Load();
        var rows = checkpoint.Rows(5, 24, 1);
        DecodingScript.AssertLogits(model.NextLogits(rows, Cancellation).SelectMany(row => row).ToArray(), model, rows, Tolerance);
    }

    [Fact]
    public void More_rows_or_tokens_than_there_is_room_for_are_refused()
    {
        using var checkpoint = new RandomGpt2();
        using var model = checkpoint.Load();
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateCache(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateCache(1, 25));
        using var cache = model.CreateCache(2, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Prefill(checkpoint.Rows(1, 1, 1), Cancellation).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Prefill(checkpoint.Rows(5), Cancellation).Length);
        cache.Prefill(checkpoint.Rows(3, 2), Cancellation);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Select([0, 1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Step([1], Cancellation).Length);
        cache.Step([1, 2], Cancellation);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Step([1, 2], Cancellation).Length);
        Assert.Equal("TokenIdUnknown", Assert.Throws<GptxException>(() => cache.Prefill([[37]], Cancellation).Length).ErrorId);
        cache.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cache.Prefill([[1]], Cancellation).Length);
    }
}
