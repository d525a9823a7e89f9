using System.CommandLine;
using Gptx.Embeddings;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx nearest: the words nearest to words, or the vectors of a file nearest to texts.</summary>
internal sealed class NearestCommand : GptxCommand
{
    private readonly SearchArguments _search;
    private readonly EmbeddingArguments _embedding;
    private readonly VectorArguments _vectors;
    private readonly CommonOptions _options;

    private readonly Option<string?> _in = new("--in")
    {
        Description = "Search these vectors in place of words: JSON lines or CSV of 'gptx embed', a matrix .npy or .safetensors, word vectors. Texts are embedded as --layer and --pooling say.",
        HelpName = "FILE",
    };

    public NearestCommand()
        : base("nearest", "Show the words whose vectors are nearest to a word's; or, with --in, the vectors of a file.")
    {
        _search = new SearchArguments(this);
        _vectors = new VectorArguments(this);
        Options.Add(_in);
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _options = new CommonOptions(this, "WORD");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx nearest king",
        "gptx nearest king --figure near.svg",
        "gptx nearest king queen --top 5 --json",
        "gptx nearest king --words animals.txt --metric euclidean",
        "gptx nearest king --vectors glove.6B.100d.txt",
        "gptx nearest \"Who rode out?\" --in notes.jsonl --top 3",
    ];

    public override int Execute(Invocation run) => run.Get(_in) is { } path ? Vectors(run, path) : _vectors.IsGiven(run) ? FileWords(run) : Words(run);

    private int FileWords(Invocation run) => new WordFilePipeline<NearWord>
    {
        Report = NearShapes.Words,
        Prepare = vectors =>
        {
            var search = _search.Among(run, vectors);
            return (word, index) => search.Find(
                vectors.OfWord(word, index), _search.Top(run), _search.Metric(run), _search.IncludeSelf(run), run.Cancellation);
        },
    }.Run(run, _options, _vectors);

    private int Words(Invocation run) => new TextPipeline<NearWord>
    {
        Report = NearShapes.Words,
        Prepare = opened =>
        {
            var search = _search.Among(run, opened);
            return (_, texts, first) => texts.SelectMany((text, row) => search.Find(
                WordVector.Of((EmbeddingTable)search.Table, text, first + row), _search.Top(run), _search.Metric(run), _search.IncludeSelf(run), run.Cancellation));
        },
        IndexOf = near => near.Index,
    }.Run(run, _options);

    private int Vectors(Invocation run, string path)
    {
        var search = new VectorSearch(VectorFile.Read(path));
        return new TextPipeline<NearVector>
        {
            Report = NearShapes.Vectors,
            Prepare = _ => (model, texts, first) => TextEmbedder.Embed(model, texts, _embedding.Read(run), first, run.Cancellation).SelectMany(text => search.Find(
                new LabelledVector(text.Text, text.Vector, text.Model), text.Index, _search.Top(run), _search.Metric(run), _search.IncludeSelf(run), run.Cancellation)),
            IndexOf = near => near.Index,
        }.Run(run, _options);
    }
}
