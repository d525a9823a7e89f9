using System.Diagnostics;
using System.Globalization;
using Gptx.Activations;
using Gptx.Checkpoints;
using Gptx.Inference;

namespace Gptx.Benchmarks;

/// <summary>Private memory of a process that has traced and decoded with GPT-2 124M, over the weights as they are computed (float32).</summary>
public static class WeightMemory
{
    /// <summary>A child process for each way of storing the weights.</summary>
    public static IEnumerable<Measurement> Measure()
    {
        var computed = RandomGpt2.WeightBytes(ElementType.Float32);
        foreach (var type in (ElementType[])[ElementType.Float32, ElementType.Float16])
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["memory-of", RandomGpt2.Folder(type)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var numbers = child.StandardOutput.ReadToEnd().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            child.WaitForExit();
            yield return new Measurement($"GPT-2 124M stored as {type}: peak private memory", numbers[0] / 1e6, "MB");
            yield return new Measurement($"... over its weights in float32 ({computed / 1e6:0} MB)", numbers[0] / computed, "");
            yield return new Measurement($"... mapped file pages beside it", numbers[1] / 1e6, "MB");
        }
    }

    /// <summary>Loads, traces, decodes twice over, and prints peak private memory and mapped pages in bytes.</summary>
    public static void Report(string folder)
    {
        using var model = LanguageModel.Load(folder);
        int[] ids = [.. Enumerable.Range(0, 64)];
        long peak = 0;
        using (var values = model.Run([ids], new ActivationSelection("blocks.*.attn.pattern", "logits")))
        {
            peak = Math.Max(peak, ProcessMemory.Private);
        }

        using (var values = model.Run([ids], new ActivationSelection("blocks.*.resid_post")))
        {
            peak = Math.Max(peak, ProcessMemory.Private);
        }

        using var cache = model.CreateCache(1, 128);
        cache.Prefill([ids]);
        for (var step = 0; step < 32; step++)
        {
            cache.Step([step]);
        }

        peak = Math.Max(peak, ProcessMemory.Private);
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{peak} {ProcessMemory.Mapped}"));
    }
}
