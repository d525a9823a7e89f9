using System.Diagnostics;
using System.Text.RegularExpressions;
using Gptx.Figures;
using Gptx.Tests.Checkpoints;

namespace Gptx.Tests.Figures;

/// <summary>
/// Pages opened in Chromium, where there is one: no errors, no request, values at the pointer, zoom and turning. The named tier <c>Browser</c>; elsewhere skipped.
/// </summary>
[Trait("Category", "Browser")]
public partial class BrowserTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // Points at the middle of the first thing that tells something, turns the wheel and drags, and writes what came of it into the page.
    private const string Probe = """
        <script>addEventListener('load', () => {
            const data = JSON.parse(document.getElementById('data').textContent), svg = document.querySelector('#figure svg');
            const place = (data.grids[0] || data.marks[0] || data.clouds[0]).place, box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
            const cell = data.grids[0] ? [0.5 / data.grids[0].size[1], 0.5 / data.grids[0].size[0]] : [0.5, 0.5];
            const at = { clientX: box.x + (place[0] + place[2] * cell[0]) * box.width / view.width, clientY: box.y + (place[1] + place[3] * cell[1]) * box.height / view.height, pointerId: 1, bubbles: true };
            svg.setPointerCapture = () => {};
            svg.dispatchEvent(new PointerEvent('pointermove', at));
            const told = document.getElementById('note').textContent.replaceAll('\n', ' | ');
            svg.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -1 }));
            const zoomed = svg.getAttribute('viewBox');
            const circle = () => [...document.querySelectorAll('#cloud0 circle')].map(each => each.getAttribute('cx')).join();
            const before = circle();
            svg.dispatchEvent(new PointerEvent('pointerdown', at));
            svg.dispatchEvent(new PointerEvent('pointermove', { ...at, clientX: at.clientX + 60 }));
            svg.dispatchEvent(new PointerEvent('pointerup', at));
            document.title = JSON.stringify([told, zoomed, String(circle() !== before), performance.getEntriesByType('resource').map(each => each.name)]).replaceAll('<', ' ');
        });</script>
        """;

    [Theory]
    [InlineData("image", "weight: ", false)]
    [InlineData("text", "cat", false)]
    [InlineData("lines", "1, 0.5", false)]
    [InlineData("cloud", "", true)]
    public async Task A_page_works_without_errors_and_without_network(string kind, string tells, bool turns)
    {
        var browser = FindBrowser();
        Assert.SkipWhen(browser is null, "the browser tier is skipped: no chromium or chrome on the path");
        using var folder = new TemporaryFolder();
        var page = folder.Write("page.html", FigureWriter.ToHtml(SampleFigures.All[kind]).Replace("</body>", Probe + "</body>", StringComparison.Ordinal));
        var (dom, log) = await Open(browser, folder, page);
        Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        var title = Title().Match(dom).Groups["title"].Value;
        Assert.Contains(tells, title, StringComparison.Ordinal);
        Assert.DoesNotContain("\"0 0 ", title, StringComparison.Ordinal);
        Assert.EndsWith(turns ? "\"true\",[]]" : "\"false\",[]]", title, StringComparison.Ordinal);
    }

    private static string? FindBrowser() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => ((string[])["chromium", "chromium-browser", "google-chrome", "chrome.exe"]).Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static async Task<(string Dom, string Log)> Open(string browser, TemporaryFolder folder, string page)
    {
        var start = new ProcessStartInfo(
            browser,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--user-data-dir={folder["profile"]}", "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=1100,900", "--dump-dom", new Uri(page).AbsoluteUri,
            ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var (dom, log) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (await dom, await log);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    [GeneratedRegex("<title>(?<title>.*?)</title>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex Title();
}
