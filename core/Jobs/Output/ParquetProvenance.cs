using System.Globalization;
using Parquet;

namespace Gptx.Jobs.Output;

/// <summary>What a job was and how it went, in the metadata of the Parquet file that it made: names that begin with <c>gptx.</c> and <c>gptx-result.</c>.</summary>
internal static class ParquetProvenance
{
    private const string Plan = "gptx.";
    private const string Result = "gptx-result.";

    /// <summary>The metadata.</summary>
    public static Dictionary<string, string> Of(JobPlan plan, JobSummary summary)
    {
        var all = plan.Entries.ToDictionary(entry => Plan + entry.Key, entry => entry.Value, StringComparer.Ordinal);
        (string Name, long Number)[] counts = [("rows", summary.Rows), ("failed", summary.Failed), ("tokens", summary.Tokens)];
        foreach (var (name, number) in counts)
        {
            all[Result + name] = number.ToString(CultureInfo.InvariantCulture);
        }

        return all;
    }

    /// <summary>What a file says; null where no job made it.</summary>
    /// <exception cref="GptxException"><c>JobDamaged</c>: it is no Parquet file.</exception>
    public static (JobPlan Plan, JobSummary Summary)? Read(string path)
    {
        var metadata = Metadata(path);
        if (!metadata.ContainsKey(Result + "rows"))
        {
            return null;
        }

        var plan = new JobPlan([.. metadata.Where(entry => entry.Key.StartsWith(Plan, StringComparison.Ordinal)).Select(entry => KeyValuePair.Create(entry.Key[Plan.Length..], entry.Value))]);
        return (plan, new JobSummary(Count("rows"), Count("failed"), Count("tokens"), Count("rows"), IsFinished: true) { TokensBefore = Count("tokens") });

        long Count(string name) => long.TryParse(metadata.GetValueOrDefault(Result + name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Damaged(path, $"{Result}{name} is no number");
    }

    private static Dictionary<string, string> Metadata(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var parquet = ParquetReader.CreateAsync(file, leaveStreamOpen: true).GetAwaiter().GetResult();
            return parquet.CustomMetadata;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The library says in many ways that a file is damaged.
            throw Damaged(path, error.Message);
        }
    }

    private static GptxException Damaged(string path, string what) => new(GptxErrorKind.InvalidArgument, "JobDamaged", $"{path} does not say what job made it: {what}");
}
