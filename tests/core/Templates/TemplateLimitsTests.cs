using Gptx.Templates;

namespace Gptx.Tests.Templates;

/// <summary>Each limit stops what goes beyond it, and nothing else.</summary>
public class TemplateLimitsTests
{
    [Theory]
    [InlineData("Steps", "{% for i in range(1000) %}{{ i }}{% endfor %}")]
    [InlineData("Depth", "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(30) }}")]
    [InlineData("Depth", "{{ ((((((((((((((((((((((1)))))))))))))))))))))) }}")]
    [InlineData("Depth", "{% set ns = namespace(x=[]) %}{% for i in range(30) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}")]
    [InlineData("Depth", "{% set ns = namespace(x=[]) %}{% for i in range(30) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x|tojson }}")]
    [InlineData("OutputLength", "{% for i in range(30) %}xxxxxxxxxx{% endfor %}")]
    [InlineData("Memory", "{{ 'x' * 20000 }}")]
    [InlineData("Memory", "{{ ['x'] * 20000 }}")]
    [InlineData("Memory", "{{ '{:>20000}'.format(1) }}")]
    [InlineData("Memory", "{{ ('a' * 300)|replace('', 'b' * 300) }}")]
    [InlineData("Memory", "{{ range(500)|join('x' * 500) }}")]
    [InlineData("SourceLength", "{#                                                                                                                                     #}{#                                                                                                                              #}")]
    public void A_limit_stops(string limit, string template)
    {
        var small = new TemplateLimits { Steps = 900, Depth = 20, OutputLength = 200, Memory = 20_000, SourceLength = 250 };
        var error = TemplateRun.Error(template, limit switch
        {
            "Steps" => new TemplateLimits { Steps = small.Steps },
            "Depth" => new TemplateLimits { Depth = small.Depth },
            "OutputLength" => new TemplateLimits { OutputLength = small.OutputLength },
            "Memory" => new TemplateLimits { Memory = small.Memory },
            _ => new TemplateLimits { SourceLength = small.SourceLength },
        });
        Assert.Equal("TemplateLimitReached", error.ErrorId);
        Assert.Contains($"limit {limit}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_stops()
    {
        var limits = new TemplateLimits { Steps = long.MaxValue, Time = TimeSpan.FromMilliseconds(50) };
        var error = TemplateRun.Error("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", limits);
        Assert.Contains("limit Time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_stack_is_no_danger()
    {
        var source = "{% macro m(n) %}" + string.Concat(Enumerable.Repeat("{% if true %}", 40)) + "{{ [[[[m(n + 1)]]]] }}" + string.Concat(Enumerable.Repeat("{% endif %}", 40)) + "{% endmacro %}{{ m(0) }}";
        var error = default(GptxException);
        var finished = new TaskCompletionSource();
        var thread = new Thread(
            () =>
            {
                try
                {
                    Template.Parse(source, new TemplateLimits { Depth = 100_000 }).Render(_ => [], TimeProvider.System, CancellationToken.None);
                }
                catch (GptxException stopped)
                {
                    error = stopped;
                }

                finished.SetResult();
            },
            256 * 1024);
        thread.Start();
        await finished.Task;
        Assert.Equal("TemplateLimitReached", error?.ErrorId);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Template.Parse("{% for i in range(9999) %}{% endfor %}", TemplateLimits.Default).Render(_ => [], TimeProvider.System, cancelled.Token));
    }
}
