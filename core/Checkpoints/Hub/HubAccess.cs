namespace Gptx.Checkpoints.Hub;

/// <summary>How a model that is named is looked up: in the cache, and, where that is allowed, on the hub.</summary>
public sealed record HubAccess
{
    /// <summary>Where the hub is, looked up only for a name of the hub; by default what the environment says.</summary>
    public Func<HubSettings> Settings { get; init; } = HubSettings.OfProcess;

    /// <summary>Whether what is not in the cache is pulled. Default true.</summary>
    public bool MayPull { get; init; } = true;

    /// <summary>Told, before a pull, what it will bring.</summary>
    public Action<PullPlan>? Announce { get; init; }

    /// <summary>Told while attempts fail and are made again.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>Told how far the pull is.</summary>
    public IProgress<PullProgress>? Progress { get; init; }

    /// <summary>Stops a pull; what came is kept for the next.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Looks into the cache and nowhere else.</summary>
    public static HubAccess CacheOnly { get; } = new() { MayPull = false };

    /// <summary>The folder or file of a model, pulled if that is allowed and needed.</summary>
    /// <exception cref="GptxException"><c>HubOffline</c>; <c>ModelNotCached</c>; what a pull can meet.</exception>
    public string Find(HubModelName model, ModelPart part = ModelPart.Model)
    {
        var settings = Settings();
        return CachedSnapshot.Find(new HubCache(settings.Cache, settings.UseLinks), model, part)
            ?? (settings.Offline ? throw HubError.Offline(model, settings.Cache)
                : MayPull ? Pull(settings, model, part)
                : throw HubError.Model("ModelNotCached", $"{model} is not in the hub's cache {settings.Cache}, or not whole: pull it first ('gptx model pull {model}', Save-LanguageModel)"));
    }

    /// <summary>The folder or file of a model in the cache; null where it is not there, or not whole.</summary>
    public string? FindCached(HubModelName model, ModelPart part = ModelPart.Model)
    {
        var settings = Settings();
        return CachedSnapshot.Find(new HubCache(settings.Cache, settings.UseLinks), model, part);
    }

    private string Pull(HubSettings settings, HubModelName model, ModelPart part)
    {
        using var client = new HubClient(settings, Notice);
        return Task.Run(
            async () =>
            {
                var plan = await client.PlanAsync(model, part, Cancellation);
                if (plan.MissingFiles > 0)
                {
                    Announce?.Invoke(plan);
                }

                return (await client.PullAsync(model, plan, Progress, Cancellation)).Path;
            },
            Cancellation).GetAwaiter().GetResult();
    }
}
