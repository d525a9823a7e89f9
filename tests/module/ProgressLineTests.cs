using Gptx.PowerShell;

namespace Gptx.Tests.Module;

public class ProgressLineTests
{
    [Fact]
    public void What_is_quick_stays_quiet()
    {
        var clock = new Clock();
        var written = 0;
        var line = new ProgressLine("Work", _ => written++, clock);
        clock.Now = TimeSpan.FromSeconds(0.9);
        line.Report("1 text");
        line.Complete();
        Assert.Equal(0, written);
    }

    [Fact]
    public void What_takes_long_is_shown_five_times_a_second()
    {
        var clock = new Clock();
        var written = 0;
        var line = new ProgressLine("Work", _ => written++, clock);
        for (var step = 0; step < 300; step++)
        {
            clock.Now = TimeSpan.FromSeconds(step / 100.0);
            line.Report($"{step} texts");
        }

        Assert.InRange(written, 9, 11);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
