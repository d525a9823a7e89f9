using System.CommandLine;
using Gptx.Checkpoints.Hub;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Options;

/// <summary>Whether the hub may be asked, and how a model of it is looked up.</summary>
internal sealed class HubOptions
{
    private readonly Option<bool> _offline = new("--offline")
    {
        Description = "Open no connection: models of the hub come from its cache (GPTX_OFFLINE, HF_HUB_OFFLINE).",
    };

    public HubOptions(Command command) => command.Options.Add(_offline);

    /// <summary>Where the hub is and where its cache lies.</summary>
    public HubSettings Settings(Invocation run)
    {
        var settings = HubSettings.From(run.Around.Variable);
        return settings with { Offline = settings.Offline || run.Get(_offline) };
    }

    /// <summary>Looks a model up; what is pulled for that is announced, and shown as it comes.</summary>
    public T Looking<T>(Invocation run, bool mayPull, Func<HubAccess, T> look)
    {
        using var bar = PullBar.Of(run);
        return look(new HubAccess
        {
            Settings = () => Settings(run),
            MayPull = mayPull,
            Announce = plan => run.Say(plan.ToString()),
            Notice = bar.Say,
            Progress = bar,
            Cancellation = run.Cancellation,
        });
    }
}
