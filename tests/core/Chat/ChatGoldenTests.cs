using System.Globalization;
using System.Text.Json;
using Gptx.Chat;
using Gptx.Templates;

namespace Gptx.Tests.Chat;

/// <summary>Every case of the reference, in three sorts of folders: whole templates, one-line templates (small), attacks (hostile).</summary>
[Trait("Category", "Golden")]
public class ChatGoldenTests
{
    // A machine that is busy with other tests is slow: time is not what is tested here.
    private static readonly TemplateLimits Patient = new() { Time = TimeSpan.FromMinutes(2) };

    [Fact]
    public void Templates_render_as_the_reference_renders_them()
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var folder in GoldenRoot.CaseFolders("chat").Where(folder => File.Exists(Path.Join(folder, "template.jinja"))))
        {
            var source = File.ReadAllText(Path.Join(folder, "template.jinja"));
            count += Check(folder, _ => source, failures);
        }

        Report(count, failures);
    }

    [Fact]
    public void One_line_templates_render_as_the_reference_renders_them()
    {
        var failures = new List<string>();
        Report(Check(GoldenRoot.Folder("chat/small"), item => item.GetProperty("template").GetString()!, failures), failures);
    }

    [Fact]
    public void Hostile_templates_end_in_an_error_or_in_the_same_text()
    {
        var folder = GoldenRoot.Folder("chat/hostile");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Join(folder, "cases.json")));
        var clock = Clock(document.RootElement);
        var failures = new List<string>();
        var count = 0;
        foreach (var item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            count++;
            var name = item.GetProperty("name").GetString()!;
            var source = item.TryGetProperty("template", out var template) ? template.GetString()! : Source(folder, name, item);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var before = GC.GetTotalAllocatedBytes();
            var (text, error) = Render(source, item, clock);
            var allocated = GC.GetTotalAllocatedBytes() - before;
            if (watch.Elapsed > TimeSpan.FromMinutes(1) || allocated > 3L << 30)
            {
                failures.Add($"{name}: took {watch.Elapsed.TotalSeconds:0.0} s and {allocated >> 20} MiB");
            }

            var wasError = item.TryGetProperty("error", out _) && item.GetProperty("outcome").GetString() == "refused";
            var isSecurity = wasError && item.GetProperty("error").GetProperty("type").GetString() is "SecurityError" or "UndefinedError" or "TypeError" or "OverflowError";
            if (text is not null && (isSecurity || (item.TryGetProperty("expected", out var expected) && expected.GetString() != text) || (item.TryGetProperty("expected_length", out var length) && length.GetInt32() != text.Length)))
            {
                failures.Add($"{name}: rendered '{Excerpt(text)}'");
            }

            if (error is not null and not GptxException)
            {
                failures.Add($"{name}: {error.GetType().Name} {error.Message}");
            }
        }

        Report(count, failures);
    }

    private static string Source(string folder, string name, JsonElement item)
    {
        var path = Path.Join(folder, name + ".jinja");
        if (File.Exists(path))
        {
            return File.ReadAllText(path);
        }

        // Too plain for a file of its own: one character over and over.
        var start = item.GetProperty("template_start").GetString()!;
        Assert.Single(start.Distinct());
        return new string(start[0], item.GetProperty("template_length").GetInt32());
    }

    private static int Check(string folder, Func<JsonElement, string> source, List<string> failures)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Join(folder, "cases.json")));
        var clock = Clock(document.RootElement);
        var index = 0;
        foreach (var item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var (text, error) = Render(source(item), item, clock, out var spans);
            var place = $"{Path.GetFileName(folder)}[{index++}] {(item.TryGetProperty("template", out var template) ? template.GetString() : "")}";
            if (item.TryGetProperty("error", out var wanted))
            {
                var isRaised = wanted.GetProperty("type").GetString() == "TemplateError";
                if (error is not GptxException || (isRaised && !error.Message.Contains(wanted.GetProperty("message").GetString()!, StringComparison.Ordinal)))
                {
                    failures.Add($"{place}: wanted {wanted.GetProperty("message").GetString()}, got {text ?? error?.ToString()}");
                }
            }
            else if (text != item.GetProperty("expected").GetString())
            {
                failures.Add($"{place}:\n  wanted {JsonSerializer.Serialize(item.GetProperty("expected").GetString())}\n  got    {(text is null ? error!.Message : JsonSerializer.Serialize(text))}");
            }
            else if (item.TryGetProperty("generation_spans", out var wantedSpans))
            {
                var expected = wantedSpans.EnumerateArray().Select(span => (span[0].GetInt32(), span[1].GetInt32()));
                if (!expected.SequenceEqual(spans.Select(span => (span.CodePointStart, span.CodePointEnd))))
                {
                    failures.Add($"{place}: spans {string.Join(' ', spans)}, wanted {wantedSpans}");
                }
            }
        }

        return index;
    }

    private static (string? Text, Exception? Error) Render(string source, JsonElement item, TimeProvider clock) => Render(source, item, clock, out _);

    private static (string? Text, Exception? Error) Render(string source, JsonElement item, TimeProvider clock, out IReadOnlyList<GenerationSpan> spans)
    {
        spans = [];
        try
        {
            var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in (string[])["bos_token", "eos_token"])
            {
                if (item.TryGetProperty(name, out var token) && token.ValueKind == JsonValueKind.String)
                {
                    tokens[name] = token.GetString()!;
                }
            }

            var rendered = ChatTemplate.Parse(source, tokens, Patient).Render(Request(item, clock), TestContext.Current.CancellationToken);
            spans = rendered.GenerationSpans;
            return (rendered.Text, null);
        }
        catch (GptxException error)
        {
            return (null, error);
        }
    }

    private static ChatRequest Request(JsonElement item, TimeProvider clock) => new()
    {
        Messages = item.TryGetProperty("messages", out var messages) ? [.. messages.EnumerateArray().Select(ChatMessage.Parse)] : [new ChatMessage("user", "Hello, who are you?")],
        AddGenerationPrompt = item.TryGetProperty("add_generation_prompt", out var prompt) && prompt.GetBoolean(),
        ContinueFinalMessage = item.TryGetProperty("continue_final_message", out var continued) && continued.GetBoolean(),
        Tools = List(item, "tools"),
        Documents = List(item, "documents"),
        Variables = item.TryGetProperty("variables", out var variables) ? variables.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal) : null,
        Clock = clock,
    };

    private static JsonElement[]? List(JsonElement item, string name) => item.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : null;

    private static FixedClock Clock(JsonElement root) =>
        new(DateTimeOffset.Parse(root.TryGetProperty("now", out var now) ? now.GetString()! : "2024-07-06T09:05:03", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static string Excerpt(string text) => text.Length > 200 ? text[..200] + "..." : text;

    private static void Report(int count, List<string> failures)
    {
        Assert.True(count > 0, "no case was found");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} cases failed\n{string.Join('\n', failures.Take(60))}");
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
