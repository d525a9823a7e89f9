using Gptx.Benchmarks;

// dotnet run --project tests/benchmarks -c Release -- [names]   (none: all). Prints one Markdown table row a measurement.
var all = new Dictionary<string, Func<IEnumerable<Measurement>>>(StringComparer.Ordinal)
{
    ["bandwidth"] = MemoryBandwidth.Measure,
    ["decoding"] = DecodingSpeed.Measure,
    ["memory"] = WeightMemory.Measure,
    ["cost"] = QuantizedCost.Measure,
    ["trace"] = TraceCost.Measure,
    ["tokenizer"] = TokenizerSpeed.Measure,
    ["training"] = TokenizerTraining.Measure,
    ["tokenizers"] = TokenizerComparison.Measure,
    ["large-text"] = LargeText.Measure,
    ["start"] = StartTime.Measure,
    ["hub"] = HubSpeed.Measure,
    ["jobs"] = JobSpeed.Measure,
    ["search"] = SearchSpeed.Measure,
    ["projection"] = ProjectionSpeed.Measure,
};

// The benchmarks of memory run themselves as children, so that their numbers are of one model and nothing else.
if (args is ["memory-of", var folder])
{
    WeightMemory.Report(folder);
    return 0;
}

// The hub benchmark runs itself as the hub that is pulled from.
if (args is ["hub-server", var weights])
{
    HubServer.Serve(weights);
    return 0;
}

if (args is ["cost-of", var file, var precision, var compute])
{
    QuantizedCost.Report(file, precision, compute);
    return 0;
}

var chosen = args.Length == 0 ? all.Keys.ToArray() : args;
foreach (var name in chosen)
{
    if (!all.ContainsKey(name))
    {
        Console.Error.WriteLine($"no benchmark is named '{name}': there are {string.Join(", ", all.Keys)}");
        return 2;
    }
}

Console.WriteLine("| benchmark | measured | unit |");
Console.WriteLine("|---|---:|---|");
foreach (var measurement in chosen.SelectMany(name => all[name]()))
{
    Console.WriteLine($"| {measurement.What} | {measurement.Value:0.###} | {measurement.Unit} |");
}

return 0;
