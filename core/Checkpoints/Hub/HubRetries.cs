using Polly;
using Polly.Retry;

namespace Gptx.Checkpoints.Hub;

/// <summary>How failures in passing are tried again: pauses of 1, 2, 4, 8 seconds with jitter, or as long as the server asks, within bounds.</summary>
internal static class HubRetries
{
    /// <summary>Who asks to wait longer is not waited for: the error says so.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public static ResiliencePipeline Of(HubSettings settings, Action<string>? notice)
    {
        if (settings.Retries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = settings.Clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(30),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is PassingFault { RetryAfter: null } || (arguments.Outcome.Exception is PassingFault { RetryAfter: { } asked } && asked <= LongestWait)),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as PassingFault)?.RetryAfter),
                OnRetry = arguments =>
                {
                    notice?.Invoke($"{arguments.Outcome.Exception?.Message}; trying again in {Math.Ceiling(arguments.RetryDelay.TotalSeconds):0} s");
                    return default;
                },
            })
            .Build();
    }
}
