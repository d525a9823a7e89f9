using Gptx.Jobs.Output;
using Gptx.Jobs.Stores;

namespace Gptx.Jobs;

/// <summary>Which kind of output a job has: a file, or a table of a database.</summary>
internal static class JobOutputs
{
    /// <summary>The output of a job; nothing is opened yet.</summary>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>; <c>StoreAddressInvalid</c>.</exception>
    public static IJobOutput Open(TextJobOptions options) => Open(options.Output, options.Errors, options.StorePatience);

    /// <summary>An output; nothing is opened yet.</summary>
    /// <param name="output">The file, or the address of the table.</param>
    /// <param name="errors">Where rows with faults are listed; null is the usual place.</param>
    /// <param name="patience">How long a server that went away is waited for; null is the usual time.</param>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>; <c>StoreAddressInvalid</c>.</exception>
    public static IJobOutput Open(string output, string? errors, TimeSpan? patience = null)
    {
        var list = ErrorsOf(output, errors);
        return StoreAddress.IsStore(output) ? new StoreOutput(StoreAddress.Parse(output), list, patience) : new FileOutput(new JobFiles(output, list));
    }

    /// <summary>Where the rows of an output that failed are listed.</summary>
    /// <param name="output">The file, or the address of the table.</param>
    /// <param name="errors">The place that was asked for; null is the usual one.</param>
    /// <exception cref="GptxException"><c>StoreAddressInvalid</c>.</exception>
    public static string ErrorsOf(string output, string? errors) =>
        errors ?? (StoreAddress.IsStore(output) ? StoreDatabases.Of(StoreAddress.Parse(output)).ErrorsPath : $"{output}.errors.jsonl");

    /// <summary>Refuses an output that a task's rows cannot go to.</summary>
    /// <exception cref="GptxException"><c>OutputKindUnknown</c>; <c>StoreAddressInvalid</c>.</exception>
    public static void RequireKnown(string output, string task)
    {
        if (StoreAddress.IsStore(output))
        {
            StoreAddress.Parse(output);
        }
        else
        {
            RowSinks.RequireKnown(output, task);
        }
    }
}
