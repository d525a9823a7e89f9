using System.CommandLine;
using System.Globalization;
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

    public AnalysisArguments(Command command, string what = "Vectors that are stored, in place of texts: a file of 'gptx embed' (.jsonl, .csv, .parquet, .npy), or any that 'nearest --in' takes.")
    {
        _in = new Option<string?>("--in") { Description = what, HelpName = "FILE" };
        command.Options.Add(_in);
        command.Options.Add(_memory);
    }

    /// <summary>What --in names; null where it is not given.</summary>
    public string? In(Invocation run) => run.Get(_in);

    /// <summary>The most bytes that rows take in memory.</summary>
    /// <exception cref="GptxException"><c>OptionOutOfRange</c>.</exception>
    public long MaxMemory(Invocation run) => run.Get(_memory) is { } text ? Bytes(text) : VectorRows.UsualMemory;

    private static long Bytes(string text)
    {
        var shift = char.ToUpperInvariant(text[^1..].FirstOrDefault()) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        return double.TryParse(shift > 0 ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * (1L << shift) is >= 1 << 20 and < 1L << 50 and var bytes
            ? (long)bytes
            : throw new GptxException(GptxErrorKind.InvalidArgument, "OptionOutOfRange", $"max-memory '{text}' is not allowed: it must be a size of at least 1M, for example 512M or 4G");
    }
}
