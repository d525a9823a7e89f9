using System.CommandLine;
using Gptx.Embeddings;
using Gptx.Jobs.Tasks;
using Gptx.Tool.Options;
using Gptx.Tool.Output;

namespace Gptx.Tool.Commands;

/// <summary>gptx embed: vectors of texts, of their tokens, of words, of positions.</summary>
internal sealed class EmbedCommand : GptxCommand
{
    private readonly Option<bool> _tokens = new("--tokens") { Description = "The token embedding of each token of the texts." };
    private readonly Option<bool> _words = new("--words") { Description = "One vector a text: its token embedding as it stands in running text, of several tokens their mean." };
    private readonly Option<bool> _positions = new("--positions") { Description = "The position embeddings: of all positions, or of those of --ids." };
    private readonly Option<int?> _sinusoidal = Numbers.Whole("--sinusoidal", "With --positions: sines and cosines of N positions, as the first transformer had them, as wide as the model.");
    private readonly EmbeddingArguments _embedding;
    private readonly CommonOptions _options;
    private readonly JobArguments _job;

    public EmbedCommand()
        : base("embed", "Show the vectors of texts, of tokens, or of positions.")
    {
        Options.Add(_tokens);
        Options.Add(_words);
        Options.Add(_positions);
        Options.Add(_sinusoidal);
        FigureOption.AddTo(this);
        _embedding = new EmbeddingArguments(this);
        _options = new CommonOptions(this);
        _job = new JobArguments(this);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gptx embed \"The king rode out.\" --jsonl",
        "gptx embed --tokens \"king queen\" --csv",
        "gptx embed --words king queen castle --json",
        "gptx embed --positions --ids 0,1,2",
        "gptx embed --positions --sinusoidal 64 --csv",
        "gptx embed --words king queen castle --figure words.svg",
        "gptx embed --input notes.txt --pooling last --chunk --out notes.jsonl",
    ];

    public override int Execute(Invocation run)
    {
        var (tokens, words, positions) = (run.Get(_tokens), run.Get(_words), run.Get(_positions));
        if ((tokens ? 1 : 0) + (words ? 1 : 0) + (positions ? 1 : 0) > 1)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--tokens, --words and --positions exclude each other: give one of them");
        }

        if (run.Get(_sinusoidal) is not null && !positions)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--sinusoidal is of positions: give --positions too");
        }

        if (!positions && !tokens && !words && _job.IsJob(run, _options.Texts, _options.Output))
        {
            return JobRun.With(run, _options, _job, model => new EmbedTask(model, _embedding.Read(run), _options.Texts.Truncates(run)));
        }

        return positions ? Positions(run) : tokens ? Tokens(run) : words ? Words(run) : Texts(run);
    }

    private int Texts(Invocation run) => new TextPipeline<TextVector>
    {
        Report = VectorShapes.Texts,
        Prepare = _ => (model, texts, first) => TextEmbedder.Embed(model, texts, _embedding.Read(run), first, run.Cancellation),
        IndexOf = vector => vector.Index,
    }.Run(run, _options);

    private int Tokens(Invocation run) => new TextPipeline<TokenVector>
    {
        Report = VectorShapes.Tokens,
        Prepare = opened =>
        {
            var table = new EmbeddingTable(opened);
            return (_, texts, first) => texts.SelectMany((text, row) => table.OfTokens(text, first + row));
        },
        IndexOf = vector => vector.Index,
    }.Run(run, _options);

    private int Words(Invocation run) => new TextPipeline<TokenVector>
    {
        Report = VectorShapes.Tokens,
        Prepare = opened =>
        {
            var table = new EmbeddingTable(opened);
            return (_, texts, first) => texts.Select((text, row) => WordVector.Of(table, text, first + row));
        },
        IndexOf = vector => vector.Index,
    }.Run(run, _options);

    private int Positions(Invocation run)
    {
        if (_options.Texts.Arguments(run).Length > 0)
        {
            throw new GptxException(GptxErrorKind.InvalidArgument, "UsageInvalid", "--positions takes no texts: name positions with --ids 0,1,2");
        }

        var format = _options.Output.Format(run, OutputFormat.JsonLines);
        return _options.Output.Write(run, writer =>
        {
            using var model = _options.Models.Load(run);
            var results = VectorShapes.Positions.Open(format, writer, run);
            int[] named = [.. _options.Texts.Ids(run).SelectMany(ids => ids)];
            foreach (var vector in run.Get(_sinusoidal) is { } count ? SinusoidalPositions.Of(count, model.Shape.Width, named) : PositionVector.Of(model, named))
            {
                results.Write(vector);
            }

            results.Finish();
            return ExitCode.Ok;
        });
    }
}
