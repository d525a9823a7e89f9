using Gptx.Embeddings;
using Gptx.Tool.Input;
using Gptx.Tool.Options;
using Gptx.Tool.Output;
using Gptx.Tool.Terminal;

namespace Gptx.Tool.Commands;

/// <summary>gptx odd: which of some words fits least.</summary>
internal sealed class OddCommand : GptxCommand
{
    private static readonly Report<OddWord> Report = new()
    {
        Shape = new(
            new("word", word => word.Word),
            new("index", word => word.Index),
            new("score", word => word.Score),
            new("isOdd", word => word.IsOdd),
            new("tokens", word => word.Tokens),
            new("model", word => word.Model)),
        Show = (screen, all) => screen.Table(
            ["word", ">mean cosine", ""],
            all.Select(word => (string[])[VisibleText.OneLine(word.Word), Readable.Short(word.Score), word.IsOdd ? "odd one out" : ""])),
    };

    private readonly VectorArguments _vectors;
    private readonly CommonOptions _options;

    public OddCommand()
        : base("odd", "Show which of some words fits least with the others.")
    {
        _vectors = new VectorArguments(this);
        _options = new CommonOptions(this, "WORD", "Three words or more; without any they come from --input, a word a line.");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx odd breakfast lunch dinner king",
        "gptx odd breakfast lunch dinner king --json",
        "gptx odd breakfast lunch dinner king --vectors vectors.bin",
    ];

    public override int Execute(Invocation run)
    {
        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        var rows = _options.Texts.Rows(run).ToList();
        return _options.Output.Write(run, writer =>
        {
            var words = _vectors.IsGiven(run) ? FileWords(run, rows) : ModelWords(run, rows);
            var results = Report.Open(format, writer, run);
            foreach (var word in words)
            {
                results.Write(word, rows[word.Index]);
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }

    private IReadOnlyList<OddWord> FileWords(Invocation run, List<TextRow> rows)
    {
        var vectors = _vectors.Read(run, _options.Models);
        return OddWord.Among(vectors, [.. rows.Select(row => WordFilePipeline<OddWord>.Word(vectors, row))]);
    }

    private IReadOnlyList<OddWord> ModelWords(Invocation run, List<TextRow> rows)
    {
        using var model = _options.Models.Load(run);
        return OddWord.Among(
            new EmbeddingTable(model), [.. rows.Select(row => row.Error is { } error ? throw error : row.Text ?? model.TokenText(row.Ids![0]))]);
    }
}
