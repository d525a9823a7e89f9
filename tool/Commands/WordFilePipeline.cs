using Gptx.Embeddings;
using Gptx.Inference;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>From words to results that need a file of word vectors and no model: rows are read and written one by one.</summary>
internal sealed class WordFilePipeline<T>
{
    public required Report<T> Report { get; init; }

    /// <summary>Makes the computation, once, when the file is read: the results of a row.</summary>
    public required Func<WordVectors, Func<string, int, IEnumerable<T>>> Prepare { get; init; }

    /// <summary>Does it all.</summary>
    /// <returns>The exit code.</returns>
    public int Run(Invocation run, CommonOptions options, VectorArguments files, IEnumerable<TextRow>? rows = null)
    {
        var format = options.Output.Format(run, OutputFormat.JsonLines);
        rows ??= options.Texts.Rows(run);
        return options.Output.Write(run, writer =>
        {
            var vectors = files.Read(run, options.Models);
            var compute = Prepare(vectors);
            var results = Report.Open(format, writer, run);
            var runner = new RowRun(run, options.Texts, row => new TokenSequence(Word(vectors, row), []));
            var code = runner.Process(rows, group =>
            {
                foreach (var row in group)
                {
                    foreach (var result in compute(row.Tokens.Text!, row.Index).ToList())
                    {
                        results.Write(result, row.Row);
                    }
                }

                results.Flush();
            });
            results.Finish();
            return code;
        });
    }

    /// <summary>The word of a row: as written, or that of a row of the file.</summary>
    public static string Word(WordVectors vectors, TextRow row) => row switch
    {
        { Error: { } error } => throw error,
        { Text: { } text } => text,
        { Ids: [var id] } when id >= 0 && id < vectors.Words.Count => vectors.Words[id],
        _ => throw new GptxException(
            GptxErrorKind.InvalidInput, "TokenIdUnknown", $"{string.Join(',', row.Ids ?? [])} is no word of {vectors.Name}: give one id from 0 to {vectors.Words.Count - 1}"),
    };
}
