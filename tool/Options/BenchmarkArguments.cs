using System.CommandLine;
using Gptx.Embeddings;

namespace Gptx.Tool.Options;

/// <summary>A benchmark of word vectors, and which words take part.</summary>
internal sealed class BenchmarkArguments
{
    private readonly Option<string?> _file;
    private readonly Option<int?> _restrict = Numbers.Whole("--restrict-vocab", "With --benchmark: only the first N words take part, as question and as answer (default 300000).");
    private readonly Option<bool> _caseSensitive = new("--case-sensitive") { Description = "With --benchmark: words are taken as they are written." };
    private readonly Option<bool> _countUnknown = new("--dummy4unknown") { Description = "With --benchmark: what has an unknown word counts, as wrong or as cosine 0, in place of being left out." };

    public BenchmarkArguments(Command command, string description)
    {
        _file = new Option<string?>("--benchmark") { Description = description, HelpName = "FILE" };
        command.Options.Add(_file);
        command.Options.Add(_restrict);
        command.Options.Add(_caseSensitive);
        command.Options.Add(_countUnknown);
    }

    /// <summary>The benchmark's file; null where none is asked for.</summary>
    public string? File(Invocation run) => run.Get(_file);

    public BenchmarkOptions Read(Invocation run) => new()
    {
        RestrictVocabulary = run.Get(_restrict) ?? new BenchmarkOptions().RestrictVocabulary,
        IgnoreCase = !run.Get(_caseSensitive),
        CountUnknown = run.Get(_countUnknown),
    };
}
