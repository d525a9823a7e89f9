using System.Diagnostics;
using Gptx.Checkpoints.Hub;

namespace Gptx.Benchmarks;

/// <summary>How fast a model of one large file is pulled from loopback: beside curl, and beside a pull of a file that has no hash to check.</summary>
public static class HubSpeed
{
    private const int Runs = 7;
    private const int Megabytes = 400;

    public static IEnumerable<Measurement> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("gptx-hub-").FullName;
        var file = Path.Join(folder, "weights");
        Write(file);
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["hub-server", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            var address = server.StandardOutput.ReadLine()!;
            var (curl, pull, unhashed) = (new List<double>(), new List<double>(), new List<double>());
            for (var run = 0; run <= Runs; run++)
            {
                var (one, two, three) = (Curl(address, folder), Pull(address, folder, "hashed"), Pull(address, folder, "unhashed"));
                if (run > 0)
                {
                    curl.Add(one);
                    pull.Add(two);
                    unhashed.Add(three);
                }
            }

            yield return new Measurement($"curl: {Megabytes} MB from loopback to a file, median of {Runs}", Rate(curl), "MB/s");
            yield return new Measurement("pull: the same into the hub's cache, SHA-256 checked", Rate(pull), "MB/s");
            yield return new Measurement("pull without a hash to check", Rate(unhashed), "MB/s");
            yield return new Measurement("pull as a share of curl", 100 * Rate(pull) / Rate(curl), "%");
            yield return new Measurement("what the hash costs (goal: at most 10)", 100 * ((Rate(unhashed) / Rate(pull)) - 1), "%");
        }
        finally
        {
            server.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Rate(List<double> seconds) => Megabytes / seconds.Order().ElementAt(seconds.Count / 2);

    private static double Curl(string address, string folder)
    {
        var target = Path.Join(folder, "by-curl");
        var watch = Stopwatch.StartNew();
        using (var curl = Process.Start(new ProcessStartInfo("curl", ["-s", "-o", target, $"{address}/org/model/resolve/hashed/model.safetensors"]))!)
        {
            curl.WaitForExit();
        }

        var seconds = watch.Elapsed.TotalSeconds;
        File.Delete(target);
        return seconds;
    }

    private static double Pull(string address, string folder, string name)
    {
        var cache = Path.Join(folder, "cache");
        using var client = new HubClient(new HubSettings { Cache = cache, Endpoint = address });
        var model = HubModelName.Parse($"org/{name}");
        var watch = Stopwatch.StartNew();
        var plan = client.PlanAsync(model).GetAwaiter().GetResult();
        client.PullAsync(model, plan).GetAwaiter().GetResult();
        var seconds = watch.Elapsed.TotalSeconds;
        Directory.Delete(cache, recursive: true);
        return seconds;
    }

    private static void Write(string path)
    {
        var random = new Random(11);
        var buffer = new byte[1_000_000];
        using var stream = File.Create(path);
        for (var megabyte = 0; megabyte < Megabytes; megabyte++)
        {
            random.NextBytes(buffer);
            stream.Write(buffer);
        }
    }
}
