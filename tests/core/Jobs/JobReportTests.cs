using System.Text.Json;
using Gptx.Jobs;

namespace Gptx.Tests.Jobs;

public class JobReportTests
{
    private static JobSummary Summary { get; } = new(100, 3, 5000, 20, IsFinished: true) { TokensBefore = 1000, Gone = ["x"] };

    [Fact]
    public void Rates_are_of_this_run_alone()
    {
        var report = JobReport.Of("out.jsonl", null, Summary, TimeSpan.FromSeconds(8), JobStatus.SomeRowsFailed);
        Assert.Equal((10, 500), (report.RowsPerSecond, report.TokensPerSecond));
        Assert.Equal((3, false), (report.ExitCode, report.Resumable));
        Assert.Equal("100 rows, 20 of them before; 3 failed (out.jsonl.errors.jsonl); gone from the input: x", $"{report}");
    }

    [Fact]
    public void Names_in_JSON_are_those_of_the_properties()
    {
        var stream = new MemoryStream();
        JobReportJson.Write(JobReport.Of("out.jsonl", "bad.jsonl", Summary, TimeSpan.FromSeconds(8), JobStatus.Interrupted), stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(
            typeof(JobReport).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
            json.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(130, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal("bad.jsonl", json.RootElement.GetProperty("errors").GetString());
    }

    [Theory]
    [InlineData("3", true)]
    [InlineData("2", false)]
    [InlineData("3%", true)]
    [InlineData("2.9%", false)]
    [InlineData("100%", true)]
    public void Accepted_errors_are_a_number_or_a_share(string accepted, bool isDone) =>
        Assert.Equal(isDone ? JobStatus.Done : JobStatus.SomeRowsFailed, JobReport.StatusOf(Summary, AcceptedErrors.Parse(accepted)));

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("%")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.Equal("OptionOutOfRange", Assert.Throws<GptxException>(() => AcceptedErrors.Parse(text)).ErrorId);
}
