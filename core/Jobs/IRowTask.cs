using Gptx.Inference;
using Gptx.Rows;

namespace Gptx.Jobs;

/// <summary>What a job does with each text: one row in, one row out.</summary>
public interface IRowTask
{
    /// <summary>Its name, that of the command.</summary>
    string Name { get; }

    /// <summary>The columns of a result.</summary>
    IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>Every option that changes results, by name; written down with the job, and compared when it goes on.</summary>
    IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <summary>SHA-256 of what computes: the model's weights, or the tokenizer's file, in hexadecimal.</summary>
    string ModelHash { get; }

    /// <summary>Where it is computed: <c>cpu</c>, <c>cuda:0</c>. It is no part of what the job is, but two devices round differently.</summary>
    string Device => "cpu";

    /// <summary>How many tokens take well under a second, on one processor.</summary>
    int BatchTokens => 4096;

    /// <summary>The tokens of a row.</summary>
    /// <exception cref="GptxException">The row cannot be computed (kind <see cref="GptxErrorKind.InvalidInput"/>).</exception>
    TokenSequence Read(SourceRow row);

    /// <summary>The results of rows that are computed together, a list of values each, in the order of the columns. On a CPU it is called for several batches at once.</summary>
    /// <exception cref="GptxException">One of the rows cannot be computed (kind <see cref="GptxErrorKind.InvalidInput"/>): each is then tried alone.</exception>
    IReadOnlyList<object?[]> Compute(IReadOnlyList<TaskRow> rows, CancellationToken cancellation);
}

/// <summary>A row as a task is given it.</summary>
/// <param name="Id">What names it, in the whole job.</param>
/// <param name="Tokens">Its tokens.</param>
public sealed record TaskRow(string Id, TokenSequence Tokens);
