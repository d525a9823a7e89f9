using Gptx.Inference;
using Gptx.PowerShell;

namespace Gptx.Tests.Module;

public class OpenModelsTests
{
    private static readonly ModelKey Embedded = new(ModelLocation.Embedded, "cpu", 1);

    [Fact]
    public void A_model_is_opened_once_for_a_name_device_and_number_of_threads()
    {
        var models = new OpenModels();
        using var first = models.Rent(Embedded);
        using var second = models.Rent(Embedded);
        using var other = models.Rent(Embedded with { Threads = 2 });
        Assert.Same(first.Model, second.Model);
        Assert.NotSame(first.Model, other.Model);
        Assert.Equal(2, models.Close(ModelLocation.Embedded));
    }

    [Fact]
    public void A_model_that_is_closed_in_use_lives_until_it_is_given_back()
    {
        var models = new OpenModels();
        var lease = models.Rent(Embedded);
        Assert.Equal(1, models.Close(name: null));
        Assert.Single(lease.Model.NextLogits([[5, 7]], TestContext.Current.CancellationToken));
        using (var next = models.Rent(Embedded))
        {
            Assert.NotSame(lease.Model, next.Model);
        }

        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.Model.NextLogits([[5, 7]], TestContext.Current.CancellationToken));
        models.Close(name: null);
    }

    [Fact]
    public void A_model_that_cannot_be_opened_is_tried_again()
    {
        var models = new OpenModels();
        var missing = new ModelKey("./no/such/model", "cpu", 0);
        Assert.Equal("ModelNotFound", Assert.Throws<GptxException>(() => models.Rent(missing)).ErrorId);
        Assert.Equal("ModelNotFound", Assert.Throws<GptxException>(() => models.Rent(missing)).ErrorId);
        Assert.Equal(0, models.Close(name: null));
    }

    [Fact]
    public async Task Many_threads_may_rent_and_close_at_once()
    {
        var models = new OpenModels();
        await Parallel.ForEachAsync(Enumerable.Range(0, 24), TestContext.Current.CancellationToken, (number, _) =>
        {
            using var lease = models.Rent(Embedded);
            if (number % 5 == 0)
            {
                models.Close(name: null);
            }

            Assert.Equal(ModelLocation.Embedded, lease.Model.Name);
            Assert.NotEmpty(lease.Model.TokenText(5));
            return ValueTask.CompletedTask;
        });
        models.Close(name: null);
    }

    [Fact]
    public void Only_models_that_nobody_uses_are_freed_when_memory_is_short()
    {
        var models = new OpenModels();
        var used = models.Rent(Embedded);
        models.Rent(Embedded with { Threads = 2 }).Dispose();
        Assert.Equal(1, models.CloseUnused());
        Assert.Equal(0, models.CloseUnused());
        Assert.Single(used.Model.NextLogits([[5, 7]], TestContext.Current.CancellationToken));
        used.Dispose();
        Assert.Equal(1, models.CloseUnused());
        Assert.False(models.Any);
    }

    [Fact]
    public async Task Memory_is_looked_at_only_while_there_is_something_to_free()
    {
        var open = false;
        var looked = 0;
        var freed = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var watching = MemoryWatch.WatchAsync(() => open, () => ++looked > 0, () => freed++, timer);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(0, looked);
        open = true;
        while (freed == 0)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        timer.Dispose();
        await watching;
        Assert.Equal(looked, freed);
    }
}
