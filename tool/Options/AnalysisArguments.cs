using System.CommandLine;
using Gptx.Analyses;

namespace Gptx.Tool.Options;

/// <summary>What is analysed in place of texts, and in how much memory.</summary>
internal sealed class AnalysisArguments
{
    private readonly Option<string?> _in;

    private readonly Option<string?> _memory = new("--max-memory")
    {
        Description = "The most memory that rows take, for example 512M or 4G (default 1G); more go into a temporary file.",
        HelpName = "SIZE",
    };

    public AnalysisArguments(Command command, string what = "Vectors that are stored, in place of texts: a file of 'gptx embed' (.jsonl, .csv, .parquet, .npy) or a table (FILE.db#TABLE), or any file that 'nearest --in' takes.")
    {
        _in = new Option<string?>("--in") { Description = what, HelpName = "FILE|TABLE" };
        command.Options.Add(_in);
        command.Options.Add(_memory);
    }

    /// <summary>What --in names; null where it is not given.</summary>
    public string? In(Invocation run) => run.Get(_in);

    /// <summary>The most bytes that rows take in memory.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public long MaxMemory(Invocation run) => run.Get(_memory) is { } text ? MemorySize.Parse("max-memory", text) : VectorRows.UsualMemory;
}
