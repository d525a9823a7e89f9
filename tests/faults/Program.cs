using System.Diagnostics;
using System.Globalization;
using Gptx.Faults;

// dotnet run --project tests/faults -c Release -- --kills 1000 --seed 1 --rows 1000 --gptx PATH
if (args.Length % 2 != 0)
{
    Console.Error.WriteLine("usage: [--kills N] [--seed N] [--rows N] [--gptx PROGRAM] [--kinds .jsonl,.db]");
    return 2;
}

var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
int Number(string name, int otherwise) => options.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
var gptx = options.GetValueOrDefault("--gptx") ?? Path.Combine(AppContext.BaseDirectory, "gptx");
var kinds = options.GetValueOrDefault("--kinds")?.Split(',');
var clock = Stopwatch.StartNew();
var run = new KillRun(gptx, Number("--rows", 1000), Number("--seed", 1));
var shown = 0L;
run.Run(Number("--kills", 1000), kinds, () =>
{
    if (clock.ElapsedMilliseconds - shown > 10_000)
    {
        shown = clock.ElapsedMilliseconds;
        Console.Error.WriteLine($"{run.Kills.Values.Sum()} kills, {run.Finished.Values.Sum()} jobs, {run.Findings.Count} findings");
    }
});

Console.WriteLine($"{run.Kills.Values.Sum()} kills in {run.Finished.Values.Sum()} jobs, {clock.Elapsed:h\\:mm\\:ss}");
foreach (var (phase, count) in run.Kills)
{
    Console.WriteLine($"  while {phase.ToString().ToLowerInvariant()}: {count}");
}

foreach (var (job, count) in run.Finished)
{
    Console.WriteLine($"  {job}: {count} jobs");
}

Console.WriteLine($"computing of all lives together: {run.Work:0.00} x that of jobs never stopped");
run.Findings.ForEach(Console.WriteLine);
Console.WriteLine($"{run.Findings.Count} differences");
return run.Findings.Count == 0 ? 0 : 1;
