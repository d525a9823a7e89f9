using Gptx.Jobs;

namespace Gptx.Tests.Jobs;

public class JobPaceTests
{
    [Fact]
    public void Rows_of_earlier_runs_do_not_count_as_speed()
    {
        var clock = new Clock();
        var pace = new JobPace(clock);
        Assert.Equal(("0 rows, 0 a second", null), ($"{pace}", pace.Left));
        pace.Take(new JobProgress(100, 0, 1000, 0.5));
        clock.Now = TimeSpan.FromSeconds(10);
        pace.Take(new JobProgress(150, 2, 1600, 0.75));
        Assert.Equal(5, pace.RowsPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(10), pace.Left);
        Assert.Equal("150 rows, 5 a second, 2 failed, 0:00:10 left", $"{pace}");
        Assert.Equal((150, 100, 1000, false), (pace.SoFar.Rows, pace.SoFar.RowsBefore, pace.SoFar.TokensBefore, pace.SoFar.IsFinished));
    }

    [Fact]
    public void Where_nobody_knows_how_much_there_is_nothing_is_left_to_say()
    {
        var pace = new JobPace(new Clock());
        pace.Take(new JobProgress(1, 0, 1, null));
        Assert.Null(pace.Left);
        Assert.EndsWith("a second", $"{pace}", StringComparison.Ordinal);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
