using Gptx.Analyses;
using Gptx.Inference;
using Gptx.Rows;
using Gptx.Tool.Input;
using Gptx.Tool.Options;

namespace Gptx.Tool.Commands;

/// <summary>What a command analyses: texts, which a model embeds or scores, or vectors that are stored. Rows that fail are reported, and the exit code says so.</summary>
internal sealed class AnalysisInput(Invocation run, CommonOptions options, AnalysisArguments analysis, EmbeddingArguments embedding) : IDisposable
{
    private readonly HashSet<long> _failed = [];
    private LanguageModel? _model;

    /// <summary>Whether vectors are read and no texts.</summary>
    public bool IsStored => analysis.In(run) is not null;

    /// <summary>The files of the input; null where texts are arguments or come from standard input.</summary>
    public IReadOnlyList<RowSource>? Sources => analysis.In(run) is { } path ? [VectorRows.SourceOf(path)] : options.Texts.HasInput(run) ? options.Texts.Sources(run) : null;

    /// <summary>The model; open until this is disposed.</summary>
    public LanguageModel Model => _model ??= options.Models.Load(run);

    /// <summary>Rows with vectors, as wherever they come from has them.</summary>
    public IVectorRows Rows()
    {
        if (analysis.In(run) is not { } path)
        {
            return Embedded(Texts());
        }

        RequireNoTexts();
        return VectorRows.Open(path, options.Texts.Kept(run), analysis.MaxMemory(run));
    }

    /// <summary>The texts, of vectors that are stored those beside them.</summary>
    public IEnumerable<AnalysedText> Texts()
    {
        if (analysis.In(run) is { } path)
        {
            RequireNoTexts();
            return AnalysedText.Of(VectorRows.Open(path, options.Texts.Kept(run), analysis.MaxMemory(run)), run.Cancellation);
        }

        return Sources is { } sources
            ? AnalysedText.Of(sources, options.Texts.Fields(run), new RowLimits(GroupBytes: analysis.MaxMemory(run)), run.Cancellation)
            : options.Texts.Rows(run).Select((row, index) => new AnalysedText(new RowLabel(Id(row, index), row.Text) { Kept = row.Kept }, index + 1) { Ids = row.Ids, Fault = row.Error });
    }

    /// <summary>Texts as rows with vectors.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="like">Rows as which they are embedded; null for as the options say.</param>
    /// <param name="scales">Whether all vectors are scaled to length 1 later anyway.</param>
    public EmbeddedTexts Embedded(IEnumerable<AnalysedText> texts, IVectorRows? like = null, bool scales = false) => new(Model, embedding.Read(run, like, scales), texts)
    {
        Truncate = options.Texts.Truncates(run) || like?.Origin.Truncates == true,
        BatchSize = options.Texts.BatchSize(run),
        OnFault = Fail,
    };

    /// <summary>Reports a row that failed; the others go on.</summary>
    public void Fail(TextFault fault)
    {
        _failed.Add(fault.Row.Number);
        run.Say(run.IsVerbose ? $"row {fault.Row.Number}: {fault.Fault.Message} [{fault.Fault.ErrorId}]" : $"row {fault.Row.Number}: {fault.Fault.Message}");
    }

    /// <summary>Whether the row of a number, from 1, failed.</summary>
    public bool HasFailed(long number) => _failed.Contains(number);

    /// <summary>The exit code.</summary>
    /// <param name="done">How many rows did not fail.</param>
    /// <exception cref="AllRowsFailedException">There were rows, and all failed.</exception>
    public int Code(long done) => _failed.Count == 0 ? ExitCode.Ok : done == 0 ? throw new AllRowsFailedException() : ExitCode.SomeRowsFailed;

    /// <inheritdoc/>
    public void Dispose() => _model?.Dispose();

    private void RequireNoTexts()
    {
        if (options.Texts.Arguments(run).Length > 0 || options.Texts.HasInput(run) || options.Texts.Ids(run).Count > 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "TextTwice", "--in has vectors of its own: give it without texts, --ids and --input");
        }
    }

    private static object Id(TextRow row, int index) => row.RowId switch
    {
        { ValueKind: System.Text.Json.JsonValueKind.Number } number when number.TryGetInt64(out var whole) => whole,
        { } id => $"{id}",
        null => (long)index,
    };
}
